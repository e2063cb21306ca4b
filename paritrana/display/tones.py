"""The tones of the look, and the tone and icon of every state of the award."""

TONES = {
    "neutral": "circle-dashed",
    "info": "info-circle",
    "positive": "circle-check",
    "caution": "alert-triangle",
    "critical": "alert-octagon",
}
# A state is never shown by colour alone: every code has a tone, an icon with its own shape, and a label.
STATES = {
    # nominations
    "draf": ("neutral", "pencil"),
    "terkirim": ("info", "send"),
    "dikembalikan": ("caution", "arrow-back-up"),
    "terverifikasi": ("positive", "circle-check"),
    "wawancara": ("positive", "calendar-event"),
    "tidak-lolos": ("neutral", "circle-x"),
    "gugur": ("critical", "ban"),
    "mundur": ("neutral", "logout"),
    # the door of a candidate
    "diundang": ("info", "mail"),
    "mengisi": ("info", "pencil"),
    "diserahkan": ("caution", "inbox"),
    "ditutup": ("neutral", "lock"),
    # stages of a selection
    "persiapan": ("neutral", "settings"),
    "nominasi": ("info", "file-text"),
    "verifikasi": ("info", "checklist"),
    "pleno": ("info", "users"),
    "ditetapkan": ("positive", "lock"),
    "diumumkan": ("positive", "speakerphone"),
    # score sheets and standings
    "kosong": ("neutral", "circle-dashed"),
    "dibuka-lagi": ("caution", "lock-open"),
    "terkunci": ("neutral", "lock"),
    "locked": ("neutral", "lock"),
    "unscored": ("neutral", "circle-dashed"),
    "absent": ("caution", "user-off"),
    "candidate-absent": ("neutral", "user-off"),
    "other-room": ("neutral", "layout-grid"),
    "abstention": ("neutral", "hand-stop"),
    "recusal": ("caution", "scale"),
    "tied": ("caution", "equal"),
    # checks before an act
    "blocks": ("critical", "alert-octagon"),
    "note": ("caution", "alert-triangle"),
}
