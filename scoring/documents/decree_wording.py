"""The shipped wording of the decree on the winners, part by part as decrees of a province have them."""

from django.utils.translation import gettext_lazy

from scoring.documents.parts import Part

PARTS = (
    Part("heading", gettext_lazy("Heading"), gettext_lazy("Decree of the {authority}")),
    Part(
        "subject",
        gettext_lazy("Subject"),
        gettext_lazy("the determination of the winners of the Paritrana Award, {level}, {edition}"),
    ),
    Part("blessing", gettext_lazy("Above the authority"), gettext_lazy("By the grace of God Almighty"), True),
    Part(
        "considering",
        gettext_lazy("Considering"),
        gettext_lazy(
            "that the Paritrana Award honours local governments and enterprises that protect their workers by the "
            "social security of employment;\n"
            "that the panel of the Paritrana Award, {level}, has judged the candidates of {edition} and determined the "
            "winners in its plenary;\n"
            "that on the considerations in letters a and b a decree of the {authority} on the determination of the "
            "winners of the Paritrana Award, {level}, {edition}, needs to be established;"
        ),
        True,
    ),
    Part(
        "recalling",
        gettext_lazy("Recalling"),
        gettext_lazy(
            "Law number 40 of 2004 on the national social security system (State Gazette of 2004 number 150, "
            "Supplement number 4456), as amended several times, last by Law number 6 of 2023 on job creation (State "
            "Gazette of 2023 number 41, Supplement number 6856);\n"
            "Law number 24 of 2011 on social security agencies (State Gazette of 2011 number 116, Supplement number "
            "5256), as amended several times, last by Law number 6 of 2023 on job creation (State Gazette of 2023 "
            "number 41, Supplement number 6856);\n"
            "Law number 23 of 2014 on local government (State Gazette of 2014 number 244, Supplement number 5587), as "
            "amended several times, last by Law number 6 of 2023 on job creation (State Gazette of 2023 number 41, "
            "Supplement number 6856);"
        ),
        True,
    ),
    Part(
        "noting",
        gettext_lazy("Noting"),
        gettext_lazy(
            "Presidential instruction number 2 of 2021 on optimising employment social security;\n"
            "Minutes number {minutes_number} of {minutes_date} of the plenary of the panel;"
        ),
        True,
    ),
    Part(
        "decisions",
        gettext_lazy("Decisions (FIRST, SECOND …)"),
        gettext_lazy(
            "The winners of the Paritrana Award, {level}, {edition}, are those named in the annex, which is an "
            "inseparable part of this decree.\n"
            "The winners of the FIRST decision are given a certificate and the reward named in the annex.\n"
            "All costs that follow from this decree are borne as the laws in force provide.\n"
            "This decree takes effect on the day it is established; should it contain a mistake, it is mended "
            "accordingly."
        ),
        True,
    ),
    Part(
        "copies",
        gettext_lazy("Copies to"),
        gettext_lazy(
            "The Minister of Home Affairs in Jakarta;\n"
            "The board of directors of BPJS Ketenagakerjaan in Jakarta;\n"
            "The winners concerned."
        ),
        True,
    ),
)
