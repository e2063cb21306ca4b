"""The default wording of letters to winners and nominees: in the portal's own language, then in English."""

from django.utils.translation import gettext_lazy, gettext_noop

from scoring.documents.parts import Part

WINNER = gettext_noop(
    "Dear {person},\n\nWe are glad to tell you that {name} receives the Paritrana Award, {level}, {edition}:\n\n"
    "{prizes}\n\nThe announced winners are found at {link}. Thank you for protecting your workers.\n\n{authority}"
)
NOMINEE = gettext_noop(
    "Dear {person},\n\nThe winners of the Paritrana Award, {level}, {edition} were announced: {link}. {name} was among "
    "those that were judged. Thank you for taking part, and for protecting your workers.\n\n{authority}"
)

PARTS = (
    Part("winner_subject", gettext_lazy("To a winner: subject"), gettext_lazy("Paritrana Award: {name}"), True),
    Part("winner", gettext_lazy("To a winner"), gettext_lazy(WINNER)),
    Part("winner_english", gettext_lazy("To a winner, in English"), WINNER),
    Part(
        "nominee_subject",
        gettext_lazy("To a nominee: subject"),
        gettext_lazy("Paritrana Award: thank you for taking part, {name}"),
        True,
    ),
    Part("nominee", gettext_lazy("To a nominee"), gettext_lazy(NOMINEE)),
    Part("nominee_english", gettext_lazy("To a nominee, in English"), NOMINEE),
)
