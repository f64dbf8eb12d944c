"""Three small brands written for the honesty tests; nothing in them is shared with the samples that ship."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from copilot.models import (
    Brand,
    CheckContext,
    Commitment,
    Evidence,
    Fact,
    Handle,
    Hours,
    Mention,
    Person,
    Product,
    Thread,
    VoiceGuide,
)

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Wednesday."""

_VOICE = VoiceGuide(version="1", owner="mara", rules=())
_WEEK = {day: (Hours(opens=time(9), closes=time(17)),) for day in ("mon", "tue", "wed", "thu", "fri")}


def _fact(id: str, text: str, since: str | None = None, until: str | None = None) -> Fact:
    return Fact(
        id=id,
        text=text,
        valid_from=date.fromisoformat(since) if since else None,
        valid_until=date.fromisoformat(until) if until else None,
    )


LANTERN = Brand(
    id="lantern-bakery",
    name="Lantern Bakery",
    about="A bakery in Bremen with two shops, at the river and at the station.",
    languages=("en", "de"),
    timezone="Europe/Berlin",
    hours=_WEEK,
    products=(
        Product(name="Rye Loaf", aliases=("rye",)),
        Product(name="Cinnamon Knot"),
        Product(name="Sourdough Kit"),
        Product(name="Seeded Roll"),
    ),
    handles=(Handle(channel="bluesky", handle="lantern.example"),),
    people=(
        Person(id="mara", name="Mara Voss", initials="MV", relation="owner", title="owner"),
        Person(
            id="tim", name="Tim Oster", initials="TO", relation="employee", title="shop manager at the Station shop"
        ),
        Person(id="ada", name="Ada Lind", initials="AL", relation="agency", organisation="Brightside"),
    ),
    commitments=(
        Commitment(kind="refund", roles=("owner",), up_to=Decimal(30), within_days=7),
        Commitment(kind="replacement", roles=("owner", "employee"), up_to=Decimal(20), within_days=5),
        Commitment(kind="voucher", roles=("owner",), up_to=Decimal(10)),
        Commitment(kind="callback", roles=("owner", "employee", "agency"), within_days=2),
        Commitment(kind="investigate", roles=("owner", "employee", "agency"), within_days=3),
    ),
    links=("lantern.example",),
    voice=_VOICE,
    facts=(
        _fact(
            "f-river-hours",
            "The River shop is open from 7:00 to 18:00 Monday to Friday and from 8:00 to 14:00 on Saturdays.",
        ),
        _fact("f-river-sunday", "The River shop is closed on Sundays."),
        _fact("f-station-hours", "The Station shop is open every day from 6:00 to 20:00."),
        _fact("f-rye", "Our rye loaf costs €5.40."),
        _fact("f-knot", "A cinnamon knot costs €2.80."),
        _fact("f-kit", "The sourdough kit costs €18 and holds a jar, a starter and a booklet."),
        _fact("f-no-gluten-free", "We have no gluten-free bread."),
        _fact("f-vegan", "The rye loaf and the seeded rolls are vegan; the cinnamon knots contain butter."),
        _fact("f-oat", "The Station shop has oat milk at no extra charge."),
        _fact("f-oat-river", "The River shop has no oat milk."),
        _fact("f-returns", "Unopened sourdough kits can be returned within 14 days with the receipt."),
        _fact("f-preorder", "Whole cakes can be ordered two days ahead, in the shop or by phone."),
        _fact("f-delivery", "We deliver within Bremen on Tuesdays and Fridays for €3.50."),
        _fact("f-no-post", "We do not ship bread by post."),
        _fact("f-flour", "Our flour comes from the Teichmann mill in Oldenburg."),
        _fact("f-day-old", "Bread from the day before costs half from 16:00."),
        _fact("f-card", "You can pay by card from €5."),
        _fact("f-nuts", "The hazelnut roll contains hazelnuts and traces of almonds."),
        _fact("f-course", "The sourdough course takes three hours and costs €45 per person."),
        _fact("f-dogs", "Dogs are welcome at the Station shop, but not inside the River shop."),
        _fact("f-since", "The bakery was founded in 1987 by Mara Voss's parents."),
        _fact("f-bags", "The paper bags are compostable."),
        _fact("f-cup", "Bring your own cup and you pay 20 cents less."),
        _fact("f-leftover", "Bread left over in the evening goes to the Bremen food bank."),
        _fact("f-plum", "A slice of plum cake costs €3.20.", until="2026-10-31"),
        _fact("f-old-rye", "Our rye loaf costs €4.90.", until="2026-11-01"),
        _fact("f-summer-hours", "The River shop is open until 20:00 on Saturdays.", until="2026-09-30"),
        _fact("f-spelt", "The spelt roll costs €0.90.", until="2026-11-10"),
        _fact("f-tasting", "There is a free stollen tasting at the Station shop on Saturday.", until="2026-11-15"),
        _fact("f-stamps", "With ten stamps on the bread card you get a loaf for free.", until="2026-08-31"),
        _fact("f-icecream", "The River shop sells ice cream from the Eisberg dairy.", until="2026-09-15"),
        _fact("f-stollen", "The stollen costs €14.50.", since="2026-12-01"),
        _fact("f-early", "The Station shop opens at 5:30 on weekdays.", since="2027-01-02"),
        _fact("f-app", "You can order ahead in our app.", since="2026-12-10"),
    ),
)

SPOKE = Brand(
    id="spoke-chain",
    name="Spoke & Chain",
    about="A bicycle maker and workshop in Leipzig.",
    languages=("en", "de"),
    timezone="Europe/Berlin",
    hours=_WEEK,
    products=(Product(name="Lark 2"), Product(name="Drift", aliases=("Drift E",))),
    handles=(Handle(channel="mastodon", handle="spokeandchain"),),
    people=(
        Person(id="lena", name="Lena Brandt", initials="LB", relation="owner"),
        Person(id="jonas", name="Jonas Pohl", initials="JP", relation="employee", title="head of the workshop"),
        Person(id="kai", name="Kai Weber", initials="KW", relation="agency", organisation="Brightside"),
    ),
    commitments=(
        Commitment(kind="repair", roles=("owner", "employee"), within_days=14),
        Commitment(kind="investigate", roles=("owner", "employee", "agency"), within_days=3),
        Commitment(kind="callback", roles=("owner", "employee", "agency"), within_days=2),
        Commitment(kind="discount", roles=("owner",), up_to=Decimal(10)),
    ),
    links=("spokeandchain.example",),
    voice=_VOICE,
    facts=(
        _fact("f-warranty", "Frames carry a ten-year warranty, all other parts two years."),
        _fact("f-service", "A small service costs €59, a full service €129."),
        _fact("f-turnaround", "A small service takes two working days, a full service takes five."),
        _fact("f-return", "Bikes can be returned within 30 days if they were ridden less than 50 km."),
        _fact("f-helmets", "Helmets cannot be exchanged once they have been worn."),
        _fact("f-shipping", "Shipping is free within Germany and Austria; to Switzerland it costs €49."),
        _fact("f-no-uk", "We don't ship to the UK."),
        _fact("f-assembly", "The bike arrives almost ready; you need about 20 minutes and a 5 mm Allen key."),
        _fact("f-range", "The Drift's battery lasts for up to 90 km in eco mode."),
        _fact("f-charge", "Charging the Drift takes four hours."),
        _fact("f-weight", "The Lark 2 weighs 9.8 kg in size M."),
        _fact("f-sizes", "The Lark 2 comes in sizes S, M and L."),
        _fact("f-colours", "The Drift comes in black and moss green."),
        _fact("f-ride", "Test rides are free; book one at spokeandchain.example/ride."),
        _fact("f-phone", "The workshop answers the phone on weekdays from 10:00 to 13:00."),
        _fact("f-steel", "All our frames are welded in Leipzig from recycled steel."),
        _fact("f-not-carbon", "We do not build carbon frames."),
        _fact("f-spares", "Spare parts stay available for ten years."),
        _fact("f-lights", "All lights are 20% off.", until="2026-11-16"),
        _fact("f-rack", "Every Drift comes with a free rack.", until="2026-10-31"),
        _fact("f-lark3", "The Lark 3 costs €1,490.", since="2027-03-01"),
        _fact("f-old-return", "Accessories can be returned within 60 days.", until="2026-06-30"),
    ),
)

WOLKE = Brand(
    id="teehaus-wolke",
    name="Teehaus Wolke",
    about="Ein Teehaus in Freiburg.",
    languages=("de", "en"),
    timezone="Europe/Berlin",
    hours=_WEEK,
    products=(Product(name="Nebelgrün"), Product(name="Morgentau")),
    people=(Person(id="ines", name="Ines Kern", initials="IK", relation="owner"),),
    commitments=(
        Commitment(kind="replacement", roles=("owner",), up_to=Decimal(25), within_days=7),
        Commitment(kind="investigate", roles=("owner", "employee"), within_days=3),
        Commitment(kind="callback", roles=("owner", "employee"), within_days=2),
    ),
    voice=_VOICE.model_copy(update={"owner": "ines"}),
    facts=(
        _fact("f-zeiten", "Das Teehaus hat dienstags bis samstags von 11 bis 19 Uhr geöffnet."),
        _fact("f-montag", "Montags ist Ruhetag."),
        _fact("f-preis", "100 g Nebelgrün kosten 8,90 €."),
        _fact("f-kanne", "Eine Kanne Tee kostet bei uns 6,50 €."),
        _fact("f-versand", "Der Versand innerhalb Deutschlands kostet 4,90 €, ab 40 € Bestellwert ist er kostenlos."),
        _fact("f-ruecknahme", "Ungeöffnete Päckchen nehmen wir 30 Tage lang zurück."),
        _fact("f-bio", "Morgentau ist bio-zertifiziert, Nebelgrün nicht."),
        _fact("f-kein-kaffee", "Kaffee haben wir nicht."),
        _fact("f-hafer", "Hafermilch gibt es ohne Aufpreis."),
        _fact("f-kuchen", "Der Käsekuchen ist hausgemacht und enthält Milch und Eier."),
        _fact("f-plaetze", "Im Garten gibt es 24 Plätze, reservieren kann man ab vier Personen."),
        _fact("f-alt-preis", "100 g Nebelgrün kosten 7,50 €.", until="2026-10-31"),
        _fact("f-eistee", "Im Sommer gibt es Eistee für 3,80 €.", until="2026-09-30"),
    ),
)

HILL = Brand(
    id="hillside-house",
    name="Hillside House",
    about="A guesthouse with eleven rooms above Lake Moorn.",
    languages=("en", "de"),
    timezone="Europe/Berlin",
    hours=_WEEK,
    products=(Product(name="Garden Room"), Product(name="Tower Room")),
    people=(
        Person(id="nora", name="Nora Falk", initials="NF", relation="owner"),
        Person(id="ben", name="Ben Uhl", initials="BU", relation="employee", title="front desk"),
    ),
    commitments=(
        Commitment(kind="refund", roles=("owner",), up_to=Decimal(100), within_days=14),
        Commitment(kind="free_item", roles=("owner", "employee"), up_to=Decimal(10)),
        Commitment(kind="investigate", roles=("owner", "employee"), within_days=2),
        Commitment(kind="callback", roles=("owner", "employee"), within_days=1),
    ),
    links=("hillside.example",),
    voice=_VOICE.model_copy(update={"owner": "nora"}),
    facts=(
        _fact("f-checkin", "Check-in starts at 15:00 and check-out is until 11:00."),
        _fact("f-breakfast", "Breakfast is served from 7:30 to 10:00 and costs €14 per person."),
        _fact("f-parking", "Parking is free for guests, but there is no charging point for electric cars."),
        _fact("f-pets", "Pets are not allowed in the Tower Room; in the Garden Room a dog costs €12 a night."),
        _fact("f-cancel", "A booking can be cancelled free of charge up to 7 days before arrival."),
        _fact("f-pool", "We have no pool; the lake is a five-minute walk away."),
        _fact("f-sauna", "The sauna is open on Fridays and Saturdays from 17:00 to 21:00."),
        _fact("f-bikes", "Guests can borrow bicycles without charge."),
        _fact("f-tower", "The Tower Room sleeps two and has no lift."),
        _fact("f-kitchen", "Dinner is not served; the inn next door cooks until 21:30."),
        _fact("f-shuttle", "A shuttle from the station costs €9 and has to be booked a day ahead."),
        _fact("f-linen", "Linen and towels are included."),
        _fact("f-autumn", "In autumn a third night is half price.", until="2026-11-15"),
        _fact("f-boat", "The boat tour to the island costs €22.", until="2026-10-15"),
        _fact("f-spa", "The new bath house offers massages.", since="2027-02-01"),
    ),
)

NIMBUS = Brand(
    id="nimbus-notes",
    name="Nimbus Notes",
    about="A note-taking app made by four people in Graz.",
    languages=("en", "de"),
    timezone="Europe/Vienna",
    hours=_WEEK,
    products=(Product(name="Nimbus Plus"), Product(name="Nimbus Team")),
    people=(
        Person(id="ida", name="Ida Moser", initials="IM", relation="owner"),
        Person(id="leo", name="Leo Fink", initials="LF", relation="employee", title="support"),
        Person(id="pia", name="Pia Roth", initials="PR", relation="agency", organisation="Brightside"),
    ),
    commitments=(
        Commitment(kind="refund", roles=("owner", "employee"), up_to=Decimal(40), within_days=10),
        Commitment(kind="investigate", roles=("owner", "employee", "agency"), within_days=3),
        Commitment(kind="callback", roles=("owner", "employee", "agency"), within_days=3),
    ),
    links=("nimbus.example",),
    voice=_VOICE.model_copy(update={"owner": "ida"}),
    facts=(
        _fact("f-price", "Nimbus Plus costs €3 a month or €30 a year."),
        _fact("f-team", "Nimbus Team costs €5 per person and month and needs at least three people."),
        _fact("f-trial", "Every plan can be tried for 14 days without a credit card."),
        _fact("f-free", "The free plan holds up to 200 notes."),
        _fact("f-platforms", "Nimbus Notes runs on Windows, macOS, iOS and Android; there is no Linux version."),
        _fact("f-offline", "Notes can be read and edited offline."),
        _fact("f-encryption", "Notes are encrypted on our servers, but not end to end."),
        _fact("f-servers", "Our servers stand in Vienna and Frankfurt."),
        _fact("f-export", "Notes can be exported as Markdown and PDF."),
        _fact("f-delete", "Deleted notes stay in the bin for 30 days."),
        _fact("f-support", "Support answers Monday to Friday from 9:00 to 17:00 Vienna time."),
        _fact("f-students", "Students pay half for Nimbus Plus."),
        _fact("f-ads", "We show no advertising and sell no data."),
        _fact("f-sync-limit", "Attachments may be up to 25 MB."),
        _fact("f-old-price", "Nimbus Plus costs €2 a month.", until="2026-10-31"),
        _fact("f-widget-beta", "The widget can be tested in the beta channel.", until="2026-11-10"),
        _fact("f-handwriting", "Handwriting is recognised on tablets.", since="2027-01-15"),
    ),
)

WOOLLY = Brand(
    id="woolly-corner",
    name="Woolly Corner",
    about="A yarn shop in Leeds with a web shop.",
    currency="GBP",
    languages=("en", "de"),
    timezone="Europe/London",
    hours=_WEEK,
    products=(Product(name="Fen Merino"), Product(name="Moor Sock")),
    people=(
        Person(id="dot", name="Dot Harris", initials="DH", relation="owner"),
        Person(id="raj", name="Raj Patel", initials="RP", relation="employee"),
    ),
    commitments=(
        Commitment(kind="replacement", roles=("owner", "employee"), up_to=Decimal(30), within_days=7),
        Commitment(kind="discount", roles=("owner",), up_to=Decimal(15)),
        Commitment(kind="investigate", roles=("owner", "employee"), within_days=2),
        Commitment(kind="callback", roles=("owner", "employee"), within_days=2),
        Commitment(kind="deadline", roles=("owner",), within_days=3),
    ),
    links=("woolly.example",),
    voice=_VOICE.model_copy(update={"owner": "dot"}),
    facts=(
        _fact("f-merino", "Fen Merino is spun in Yorkshire and costs £14 a skein."),
        _fact("f-skein", "A skein of Fen Merino weighs 100 g and is 220 metres long."),
        _fact("f-sock", "Moor Sock contains 25% nylon and can be machine-washed at 30 °C."),
        _fact("f-merino-wash", "Fen Merino must be washed by hand."),
        _fact("f-dye", "We dye all yarn ourselves with acid dyes; we do not use plant dyes."),
        _fact("f-hours", "The shop is open Tuesday to Saturday from 10:00 to 17:30."),
        _fact("f-closed", "On Sundays and Mondays the shop is closed."),
        _fact("f-post", "UK postage is £3.95 and free from £50."),
        _fact("f-abroad", "We post to the EU for £12, but not to the USA."),
        _fact("f-returns", "Unwound skeins can be returned within 28 days; wound ones cannot."),
        _fact("f-winding", "We wind skeins into balls for free, in the shop only."),
        _fact("f-knit-night", "Knit night is on Thursdays from 18:00; it is free, and no booking is needed."),
        _fact("f-class", "The sock class has six places, runs over two evenings and costs £40."),
        _fact("f-gift", "Gift vouchers never expire."),
        _fact("f-dogs", "Dogs are welcome in the shop."),
        _fact("f-sale", "All cotton is reduced by 30%.", until="2026-11-14"),
        _fact("f-old-merino", "Fen Merino costs £12 a skein.", until="2026-09-30"),
        _fact("f-advent", "The advent box costs £65.", since="2026-11-25"),
    ),
)

BRANDS = {"lantern": LANTERN, "spoke": SPOKE, "wolke": WOLKE, "hill": HILL, "nimbus": NIMBUS, "woolly": WOOLLY}


def context(
    reply: str,
    brand: str | Brand = "lantern",
    mention: str = "",
    speaker: str | None = None,
    lang: str | None = None,
    author: str = "someone",
    **more: object,
) -> CheckContext:
    """A check's input as the pipeline would build it, from a few words."""
    known = BRANDS[brand] if isinstance(brand, str) else brand
    said = (
        Mention(
            id="m1",
            brand=known.id,
            channel="bluesky",
            author=author,
            text=mention,
            created_at=NOW,
            thread="m1",
            lang=lang,
        )
        if mention
        else None
    )
    fields: dict[str, object] = {
        "reply": reply,
        "brand": known,
        "now": NOW,
        "mention": said,
        "thread": Thread(id="m1", mentions=(said,)) if said else None,
        "speaker": known.person(speaker) if speaker else None,
        "channel": "bluesky",
    }
    return CheckContext.model_validate(fields | more)


def precedent(text: str) -> Evidence:
    """A past case as retrieval would hand it over."""
    return Evidence(id="p-1", kind="precedent", text=text)
