"""``{% load masks %}``: personal data as it may stand in a list."""

from django import template

from awards import masks

register = template.Library()
register.filter("masked_phone", masks.phone)
register.filter("masked_email", masks.email)
register.filter("masked_nik", masks.nik)
