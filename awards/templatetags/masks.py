"""``{% load masks %}``: masks personal data for lists."""

from django import template

from awards import masks

register = template.Library()
register.filter("masked_phone", masks.phone)
register.filter("masked_email", masks.email)
register.filter("masked_nik", masks.nik)
register.filter("masked_npwp", masks.npwp)
