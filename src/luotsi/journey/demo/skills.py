"""The skills of career mentoring that made-up applicants need and offer, and the school subjects they stand for."""

from __future__ import annotations

from typing import Final

OTHER_SKILL: Final = "other"
"""What a subject becomes that `SKILL_OF_SUBJECT` does not know."""

SKILLS: Final = {
    "job_search": {"fi": "Työnhaku", "sv": "Jobbsökning", "en": "Job search"},
    "interview": {"fi": "Työhaastattelu", "sv": "Anställningsintervju", "en": "Job interview"},
    "networking": {"fi": "Verkostoituminen", "sv": "Nätverkande", "en": "Networking"},
    "career_planning": {"fi": "Urasuunnittelu", "sv": "Karriärplanering", "en": "Career planning"},
    "languages_at_work": {"fi": "Kielet työssä", "sv": "Språk i arbetet", "en": "Languages at work"},
    "finnish_at_work": {"fi": "Suomi työkielenä", "sv": "Finska som arbetsspråk", "en": "Finnish at work"},
    "writing": {"fi": "Kirjoittaminen työssä", "sv": "Skrivande i arbetet", "en": "Writing at work"},
    "presenting": {"fi": "Esiintyminen", "sv": "Muntlig framställning", "en": "Presenting"},
    "digital_skills": {"fi": "Digitaidot", "sv": "Digitala färdigheter", "en": "Digital skills"},
    "numbers_and_finance": {"fi": "Numerot ja talous", "sv": "Siffror och ekonomi", "en": "Numbers and finance"},
    "science_and_technology": {
        "fi": "Luonnontieteet ja tekniikka",
        "sv": "Naturvetenskap och teknik",
        "en": "Science and technology",
    },
    "project_work": {"fi": "Projektityö", "sv": "Projektarbete", "en": "Project work"},
    "customer_service": {"fi": "Asiakaspalvelu", "sv": "Kundbetjäning", "en": "Customer service"},
    "teamwork": {"fi": "Tiimityö", "sv": "Teamarbete", "en": "Teamwork"},
    "leadership": {"fi": "Johtaminen", "sv": "Ledarskap", "en": "Leadership"},
    "induction_and_guidance": {
        "fi": "Perehdyttäminen ja ohjaus",
        "sv": "Introduktion och handledning",
        "en": "Induction and guidance",
    },
    "entrepreneurship": {"fi": "Yrittäjyys", "sv": "Företagsamhet", "en": "Entrepreneurship"},
    "learning_to_learn": {"fi": "Oppimaan oppiminen", "sv": "Att lära sig lära", "en": "Learning to learn"},
    "rights_at_work": {"fi": "Oikeudet työssä", "sv": "Rättigheter i arbetet", "en": "Rights at work"},
    "wellbeing": {"fi": "Työhyvinvointi", "sv": "Välbefinnande i arbetet", "en": "Well-being at work"},
    OTHER_SKILL: {"fi": "Muu taito", "sv": "Annan färdighet", "en": "Other skill"},
}
"""Labels by key. No label holds a separator of lists (semicolon, comma, slash)."""

SKILL_OF_SUBJECT: Final = {
    "Altgriechisch": "presenting",
    "Biologie": "wellbeing",
    "Chemie": "project_work",
    "Chinesisch": "languages_at_work",
    "Deutsch": "writing",
    "Deutsch als Zweitsprache": "finnish_at_work",
    "Englisch": "languages_at_work",
    "Erdkunde": "networking",
    "Ethik": "teamwork",
    "Französisch": "interview",
    "Geschichte": "career_planning",
    "Gesundheit": "wellbeing",
    "Informatik": "digital_skills",
    "Italienisch": "languages_at_work",
    "Kunst": "presenting",
    "Latein": "presenting",
    "Lernen lernen": "learning_to_learn",
    "Mathematik": "numbers_and_finance",
    "Musik": "teamwork",
    "Niederländisch": "languages_at_work",
    "Pädagogik": "induction_and_guidance",
    "Philosophie": "leadership",
    "Physik": "science_and_technology",
    "Politik": "rights_at_work",
    "Religion": "teamwork",
    "Russisch": "languages_at_work",
    "Sachkunde": "customer_service",
    "Spanisch": "job_search",
    "Technik": "science_and_technology",
    "Wirtschaft": "entrepreneurship",
}
"""The subjects of the real history as our skills: by kinship where there is one, else so that the larger subjects stay
apart (French and Spanish stand for what people ask of career mentoring most)."""
