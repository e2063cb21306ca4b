"""Nominating many by one workbook: its columns, the blank to fill in, reading it whole, and carrying it out."""
