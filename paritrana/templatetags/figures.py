"""``{% load figures %}``: the functions of ``paritrana.display.formats`` as filters."""

from django import template

from paritrana.display import formats, listing

register = template.Library()
register.filter("count", formats.count)
register.filter("hundredths", formats.hundredths)
register.filter("percent", formats.percent)
register.filter("weight", formats.percent)
register.filter("points", formats.points)
register.filter("signed", formats.signed)
register.filter("listed", listing.listed)
register.filter("beyond", listing.beyond)
register.filter("day", formats.day)
register.filter("clock", formats.clock)
register.filter("moment", formats.moment)
