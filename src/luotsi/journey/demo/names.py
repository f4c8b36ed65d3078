"""Made-up people: names put together from common given and family names, with a language and a place that go with them.

Nobody of them is a real person; whoever has such a name has it by chance. Addresses are at example.org, which is kept
for examples. All names can be written in Windows-1252.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from luotsi.journey.demo.places import HOMES, MUNICIPALITIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random


class NameGroup(StrEnum):
    FINNISH = "finnish"
    SWEDISH = "swedish"
    INTERNATIONAL = "international"


SHARE_OF_GROUP: Final = {NameGroup.FINNISH: 62, NameGroup.SWEDISH: 18, NameGroup.INTERNATIONAL: 20}
"""In percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpPerson:
    """`language` is that of the interface (fi, sv, en); `languages` are those spoken, the best first.

    `municipality` and `region` are the official codes.
    """

    given_name: str
    family_name: str
    email: str
    group: NameGroup
    language: str
    languages: tuple[str, ...]
    municipality: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    language: str
    given: tuple[str, ...]
    family: tuple[str, ...]


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_FINNISH: Final = _Origin(
    language="fi",
    given=_names(
        """Aada Aapo Aila Aimo Aino Akseli Anneli Anni Ansa Antero Anu Arja Armi Arttu Asta Auli Eelis Eemeli Eetu Eeva
        Eija Elina Elli Emma Enni Erkki Essi Esko Eveliina Hanna Hannele Hannu Heidi Heikki Helmi Henna Hilja Hilla
        Iida Iiro Ilkka Ilona Inka Irja Jaakko Jani Janne Jari Jenna Joel Johanna Jonna Jouni Juha Juho Jukka Julia
        Jussi Jyri Kaarina Kaisa Kalle Kati Katri Kauko Kerttu Kimmo Kirsi Konsta Laura Lauri Leena Leevi Leila Liisa
        Lotta Maarit Maija Marika Marjo Marko Markku Matti Mauri Meeri Mervi Mika Mikael Mikko Milla Minna Mirja Niilo
        Niina Niko Noora Nuutti Oili Olavi Olli Onni Oona Otso Outi Paavo Päivi Pasi Pekka Pentti Petra Piia Pinja
        Pirjo Raija Raimo Reetta Reijo Riikka Riitta Rita Roosa Saana Saara Saila Sami Sanni Santeri Sari Satu Seija
        Senja Seppo Sini Sirkka Sisko Suvi Taina Taneli Tapio Tarmo Teemu Teija Terhi Tiina Timo Toivo Tommi Topi
        Tuija Tuomas Tuula Tytti Ulla Unto Urho Väinö Valtteri Veera Veikko Venla Vesa Vilho Ville Virpi Visa"""
    ),
    family=_names(
        """Aalto Ahokas Alanen Annala Anttila Autio Eskola Haapala Hakala Halme Hänninen Harju Hautala Heikkilä Heinonen
        Hietala Hirvonen Hokkanen Holappa Honkala Huhtala Hyvönen Immonen Isokangas Jaakola Jalonen Järvelä Jokela
        Junttila Kallio Kangas Kankaanpää Karppinen Kauppila Keski-Luoma Ketola Kettunen Kiiskilä Kivelä Kivistö
        Koivisto Koivula Kokkonen Kolehmainen Korpela Koskela Kotila Kujala Kukkola Kumpulainen Laakso Lahti Laitila
        Lampi Lampinen Latvala Laukkanen Lehtimäki Lehtola Leppälä Leskinen Luoma Luukkonen Mäkelä Mäki-Petäjä
        Manninen Mattila Metsälä Moilanen Mustonen Mäntylä Myllymäki Neuvonen Nevala Niemelä Nikula Niskanen Nurmela
        Ojala Ollila Paananen Pajula Palola Parkkila Peltola Peltoniemi Perälä Pesonen Pietilä Pihlaja Pohjola
        Puolakka Puro Rahkola Rajala Rantala Rauma Rautio Ristola Rönkkö Ruotsala Saarela Sallinen Salmela Sandelin
        Seppälä Siirilä Sipilä-Aho Soini-Harju Suomela Suutari Syrjälä Takala Tapola Tervo Tikkala Toivola Torppa
        Tuohimaa Tuomela Turpeinen Tyni Uusitalo Vähäkangas Vainio Valkama Vanhala Varpula Vehkaoja Viitala Viljamaa
        Vuorela Yliaho Ylikoski Ylitalo"""
    ),
)
_SWEDISH: Final = _Origin(
    language="sv",
    given=_names(
        """Alf Alva Amanda Anders Andreas Ann-Christin Ann-Sofi Astrid Axel Barbro Ben Benita Bjarne Björn Bo Bodil
        Britt Camilla Carina Carita Carola Christer Christian Daniela Ebba Edvin Elin Ellen Elof Emil Erik Erika Fredrik
        Gun-Britt Gunilla Göran Gösta Gustav Håkan Hedvig Heléne Henrik Hjördis Ida Inger Ingmar Ingrid Jan-Erik Jenny
        Joakim Johan Jonas Kaj Karin Karolina Kenneth Kent Kerstin Klas Kristina Lars Lena Linnéa Lisbeth Lovisa Lukas
        Magnus Maj-Britt Malin Mari-Anne Marcus Mathias Mona Monica Niklas Nils Nina Ola Olof Oskar Patrik Per-Erik
        Pernilla Petter Ragnar Rainer Ralf Rasmus Robin Rolf Roger Ronja Rune Ruth Sebastian Sigrid Simon Siv Sofia
        Solveig Stefan Stig Stina Susanne Sven Svea Tage Terese Tobias Tom Torolf Tove Ulf Ulrika Victor Viking Vivan
        Yngve Åke Åsa Örjan"""
    ),
    family=_names(
        """Ahlbäck Ahlskog Asplund Backlund Bäckström Berg Bergström Björkman Björklund Blomqvist Bodman Borgmästars
        Brännkärr Broända Byskata Cederberg Dahlbacka Dahlvik Emas Enlund Engström Fagerholm Finell Finnbäck Forsblom
        Forsman Fors Friman Furu Granlund Granholm Grankulla Gustafsson Häggblom Haglund Hägg Hedman Hellman Hermans
        Högnabba Holmström Holm Huldén Ingo Jakobsson Jansson Kackur Karlström Kåll Kjellman Klockars Knutar Kronqvist
        Kulla Källman Lassfolk Lillkung Lindell Lindfors Lindgren Lindholm Lindroos Lindvall Löfs Löfgren Lundqvist
        Lunden Mattans Myrskog Nordling Nordström Norrback Nygård Nyholm Nylund Nyman Öhman Östman Österberg Pått
        Portin Ravald Renvall Rögård Rönnlund Rönnqvist Sandbacka Sandström Sandvik Simons Sjöberg Sjöholm Skog
        Skogman Småbacka Snellman-Ås Söderbacka Söderlund Stenbacka Stenvall Storbacka Storgårds Ström Strandberg
        Sundqvist Sunabacka Svanbäck Sved Tallgren Timmerbacka Udd Uusitalo-Berg Vikman Vikström Wallin Wärn Wester
        Westerlund Wiik Wikblad Åbacka Åkerlund Ås"""
    ),
)
_INTERNATIONAL: Final = (
    _Origin(
        language="et",
        given=_names("Anneli Kadri Kaspar Kersti Kristjan Liis Maarja Mart Merike Rasmus Siim Tanel Toomas Triin"),
        family=_names("Aru Ilves-Saar Kask Koppel Kuusik Lepp Mägi Pärn Raud Rebane Saar Sepp Tamm Tõnisson"),
    ),
    _Origin(
        language="ru",
        given=_names("Aleksandr Alina Anastasia Andrei Darya Elena Igor Irina Ksenia Maksim Olga Svetlana Viktor"),
        family=("Baranov", "Belova", "Fedorov", "Golubeva", "Kozlova", "Lebedev", "Morozova", "Sidorov", "Volkova"),
    ),
    _Origin(
        language="uk",
        given=_names("Anton Bohdan Daryna Iryna Kateryna Lesya Maksym Mykola Nadiia Oksana Oleh Taras Yuliia"),
        family=_names("Bondarenko Boyko Hrytsenko Koval Kravchuk Lysenko Marchenko Moroz Savchenko Tkachuk"),
    ),
    _Origin(
        language="vi",
        given=_names("Anh Chau Dao Duc Giang Hoa Hung Huong Khanh Lan Linh Mai Minh Nam Phuong Quang Thao Tuan"),
        family=_names("Bui Dang Dinh Do Hoang Huynh Le Ly Ngo Nguyen Pham Phan Tran Truong Vo Vu"),
    ),
    _Origin(
        language="ar",
        given=_names("Ahmad Amal Amira Bilal Dina Farah Hala Hassan Karim Layla Nadia Omar Rami Salma Yasmin Ziad"),
        family=_names("Aziz Darwish Fares Habib Haddad Hamdan Jaber Khalil Mansour Nasser Qasim Saleh Shaheen"),
    ),
    _Origin(
        language="so",
        given=_names("Abdi Amina Asha Fadumo Halima Hodan Iman Jamal Khadra Liban Mahad Nimo Sahra Warsame"),
        family=_names("Abdullahi Ali Duale Farah Gedi Hersi Ismail Jama Mohamud Nur Omar Osman Warsame Yusuf"),
    ),
    _Origin(
        language="fa",
        given=_names("Ali Behnaz Dariush Farid Golnar Hamid Leila Maryam Mina Navid Parisa Reza Shirin Zahra"),
        family=_names("Ahmadi Azizi Ebrahimi Farahani Hosseini Karimi Mohammadi Noori Rahimi Rezai Sadeghi"),
    ),
    _Origin(
        language="th",
        given=_names("Anong Arun Chai Kanya Malee Nok Orn Ploy Prasert Somchai Suda Wanida"),
        family=_names("Boonmee Chaiyasit Jaidee Kaewsai Phromma Rattana Saetang Srisuk Thongdee Wongsa"),
    ),
    _Origin(
        language="fil",
        given=_names("Angelica Benjie Carmela Danilo Grace Jericho Joy Liza Marites Paolo Ramil Rowena"),
        family=_names("Aquino-Reyes Bautista Castillo Dela-Cruz Domingo Mendoza Navarro Ocampo Pascual Santos"),
    ),
    _Origin(
        language="hi",
        given=_names("Aditya Amit Anjali Arjun Deepa Kavya Neha Nikhil Pooja Priya Rahul Ravi Sanjay Sunita"),
        family=_names("Agarwal Bhatt Chauhan Desai Gupta Iyer Joshi Kapoor-Rao Mehta Nair Patel Sharma Verma"),
    ),
    _Origin(
        language="es",
        given=_names("Adriana Camila Diego Elena Gabriela Ignacio Jimena José Lucía Marisol Mateo Rosario Tomás"),
        family=_names("Álvarez Cárdenas Fuentes Gómez Herrera Jiménez Molina Núñez Paredes Rivas Salazar Vega"),
    ),
    _Origin(
        language="tr",
        given=_names("Ahmet Ayla Baris Deniz Elif Emre Fatma Hakan Leyla Mehmet Nergis Selin Umut Zeynep"),
        family=_names("Aksoy Arslan Aydin Çelik Demir Kaya Koç Öztürk Sahin Tekin Ünal Yilmaz"),
    ),
    _Origin(
        language="pl",
        given=_names("Agnieszka Andrzej Beata Dorota Ewa Jacek Joanna Krzysztof Marta Monika Pawel Tomasz"),
        family=("Borkowski", "Dudek", "Grabowski", "Jankowska", "Kaczmarek", "Lis", "Mazur", "Nowak-Duda", "Wilk"),
    ),
)

LETTERS_FOLDED: Final = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def made_up_people(dice: Random) -> Iterator[MadeUpPerson]:
    """People without end, each with an own address. The same dice make the same people."""
    taken: set[str] = set()
    while True:
        yield made_up_person(dice, taken, dice.choices(list(SHARE_OF_GROUP), list(SHARE_OF_GROUP.values()))[0])


def made_up_person(dice: Random, taken: set[str], group: NameGroup) -> MadeUpPerson:
    """Somebody of this group, with an address that nobody of the `taken` has; joins it to these."""
    origin = {NameGroup.FINNISH: _FINNISH, NameGroup.SWEDISH: _SWEDISH}.get(group) or dice.choice(_INTERNATIONAL)
    given, family = dice.choice(origin.given), dice.choice(origin.family)
    municipality = dice.choices(list(HOMES[group]), list(HOMES[group].values()))[0]
    languages = _languages(group, origin.language, dice)
    return MadeUpPerson(
        given_name=given,
        family_name=family,
        email=_address(given, family, taken),
        group=group,
        language=next(language for language in (*languages, "en") if language in {"fi", "sv", "en"}),
        languages=languages,
        municipality=municipality,
        region=MUNICIPALITIES[municipality].region,
    )


def ascii_folded(text: str) -> str:
    """Small letters a to z, digits and hyphens; everything else is left out or becomes its plain letter."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS_FOLDED))
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == "-"))


def _address(given: str, family: str, taken: set[str]) -> str:
    """Unique among the taken, which it joins: the second of a name gets a 2."""
    stem = f"{ascii_folded(given)}.{ascii_folded(family)}"
    local, number = stem, 1
    while local in taken:
        number += 1
        local = f"{stem}{number}"
    taken.add(local)
    return f"{local}@example.org"


def _languages(group: NameGroup, mother_tongue: str, dice: Random) -> tuple[str, ...]:
    """The mother tongue, and what people of the coast pick up beside it."""
    chances = {
        NameGroup.FINNISH: {"en": 0.6, "sv": 0.25},
        NameGroup.SWEDISH: {"fi": 0.85, "en": 0.6},
        NameGroup.INTERNATIONAL: {"en": 0.8, "fi": 0.6, "sv": 0.2},
    }[group]
    others = [language for language, chance in chances.items() if dice.random() < chance]
    if group is NameGroup.INTERNATIONAL and not others:
        others = ["en"]
    return (mother_tongue, *others)
