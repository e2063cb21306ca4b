"""Workbooks written part by part, as the different spreadsheet programs write them, and what is read of them."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

import pytest

from paritrana.workbooks import Unreadable, read_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PLAIN, PERCENT, DAY, LITERAL, SHARE = range(5)
"""Styles by their number: General, 0.00%, a day, a number with a percent sign that is only text, an own percentage."""
STYLES = """<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/>
<numFmt numFmtId="165" formatCode="[Red]0.0%;-0.0%"/></numFmts>
<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>
</cellXfs>"""


def letter(at):
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


def number(value, style=PLAIN):
    return f'<c s="{style}"><v>{value}</v></c>'


def formula(text, cached=""):
    return f"<c><f>{text}</f>{f'<v>{cached}</v>' if cached else ''}</c>"


def cell(value, at, row):
    """A value as a program writes it; text that is XML already stands as it is, with its place added."""
    place = f' r="{letter(at)}{row}"'
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("<c"):
        return f"<c{place}{value[2:]}"
    if isinstance(value, int | float):
        return f"<c{place}><v>{value}</v></c>"
    return f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(*rows, first_row=1, first_column=0, hidden=(), dimension="A1"):
    """The XML of a sheet; None is an empty row, ``hidden`` names rows by their number."""
    lines = []
    for at, row in enumerate(rows, first_row):
        cells = "".join(cell(value, place, at) for place, value in enumerate(row or (), first_column))
        lines.append(f'<row r="{at}"{" hidden=" + quoteattr("1") if at in hidden else ""}>{cells}</row>')
    data = "".join(lines)
    return f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{data}</sheetData></worksheet>'


def xlsx(*sheets, names=(), states=(), styles=STYLES, parts=None, is_strict=False, texts=()):
    """A workbook of sheets given as XML; ``parts`` are further members of the archive."""
    names = [*names, *(f"Sheet{at}" for at in range(len(names) + 1, len(sheets) + 1))]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, state) in enumerate(zip(names, [*states, *["visible"] * len(sheets)], strict=False), 1)
    )
    related = {f"rId{at}": ("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)}
    related |= {"rId98": ("styles", "styles.xml"), "rId99": ("sharedStrings", "sharedStrings.xml")}
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": _relations(related),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{text}</si>" for text in texts)}</sst>',
        **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets, 1)},
        **(parts or {}),
    }
    if is_strict:
        members = {
            name: text.replace(MAIN, STRICT_MAIN).replace(OFFICE, STRICT_OFFICE) for name, text in members.items()
        }
    return archive(members)


def ods(*tables, styles="", manifest=""):
    """A LibreOffice workbook of tables given as XML."""
    content = f"""<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">
<office:automatic-styles>{styles}</office:automatic-styles>
<office:body><office:spreadsheet>{"".join(tables)}</office:spreadsheet></office:body></office:document-content>"""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def archive(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return made.getvalue()


def _relations(related):
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def read(content, name="t.xlsx"):
    return read_table(io.BytesIO(content), name)


def rows(table):
    return [(row.number, list(row.cells.values())) for row in table.rows]


def faults(table):
    return [(fault.row, fault.column, str(fault.message)) for fault in table.faults]


def refusal(content, name="t.xlsx"):
    with pytest.raises(Unreadable) as caught:
        read(content, name)
    return str(caught.value)
