# ruff: noqa: E501 (an expression is easier to read on one line)
"""Does somebody ask whether a person or software answers them?

Triage needs to know (the mention is urgent and honest by rule), and so does check D13. A question about robots, a wish to
talk to a human and a complaint about canned answers are not this question; a direct accusation is.
"""

from functools import lru_cache

import regex

from copilot.text import plain

# Nouns ----------------------------------------------------------------------------------------------------------
_MACHINE_EN = (
    r"(?:(?:chat|twitter|social|spam|auto)?[ -]?bots?|chatterbots?|roboto?s?|machines?|computers?|a\.?i\.?|artificial intelligence|algorithms?"
    r"|programs?|software|automaton|automat(?:ed|ic)(?=\W*$|[?.!,]|\s+(?:or|repl|resp|answ|message|account|tweet|bot|system))|auto-?(?:reply|replies|responder|response|generated)|scripts?|recordings?"
    r"|(?:digital|virtual|ai) (?:assistant|agent)s?|conversational system|androids?|cyborg|chat ?gpt|gpt(?:-?\d)?|llm|language model"
    r"|electronic|not (?:a )?(?:human|person))"
)
_HUMAN_EN = (
    r"(?:(?:real(?:-?life)?|live|living|actual|genuine|normal|breathing|flesh and blood|proper|fellow|true)[ ,]*)*"
    r"(?:humans?(?: beings?)?|persons?|people|persan|(?:real|live|living) one|alive|living being|guy|man|woman|dude|girl|boy|lady|somebody|someone(?= (?:real|human)))"
)
_MACHINE_DE = (
    r"(?:(?:chat|social|sprach)?-?bots?|roboter|maschinen?|computer|ki|künstliche intelligenz|algorithmus|programm|software"
    r"|automat(?:isch\w*|isiert\w*)?|autoreply|textbausteine?|chatgpt|virtuelle\w* assistent\w*|automatische antwort\w*)"
)
_HUMAN_DE = r"(?:(?:(?:echte\w*|richtige\w*|lebendige\w*|reale\w*|wirkliche\w*)\s+)+(?:mensch\w*|person\w*|leute|jemand|mitarbeiter\w*)|mensch\w*|person\w*|jemand(?: echtes)?)"
_MACHINE_FR = (
    r"(?:(?:chat)?-?bots?|robots?|machines?|ordinateurs?|i\.?a\.?|intelligence artificielle|algorithmes?|programmes?|logiciels?"
    r"|automates?|automatique\w*|automatisée?s?|chatgpt|assistant virtuel|réponses? automatiques?)"
)
_HUMAN_FR = (
    r"(?:(?:vraie?s?|véritables?|réelle?s?|vivante?s?)\s+)*(?:humaine?s?|êtres? humains?|personnes?|gens|quelqu'un|hommes?|femmes?)"
    r"(?:\s+(?:réelle?s?|vivante?s?|humaine?s?|en chair et en os))?"
)

_ART = r"(?:(?:a|an|the|just|only|some|like|really|actually|truly|even|still|all|also|too|by any chance|perhaps|possibly|maybe|kind of|sort of|of|not|in fact|seriously|one of those|100 ?%|bloody|damn|stupid|silly|fucking|freaking|simple|dumb|another|any|or|and|human|robot|person),?\s+)*"
_TALK = r"(?:talk|speak|chat|text|deal|writ|interact|communicat|convers|messag|tweet|correspond|argu|typ|connect|engag)(?:k|t)?ing"
_TO = r"(?:to|with|at)?\s*"
_YOU = r"(?:you|u|ya|yall|y'all|this|this account|these replies|these answers|these responses|your (?:replies|answers|responses|tweets))"
_TAIL = r"(?![ -]*(?:person for|people person|repair|science|game|friendly|kind(?! of)|made|shop|sale|issue|problem|bug|update|glitch|thing|expert|savvy|literate|engineer|movie|owner|vacuum|mode|error|number|version|cook|dancer|at best buy))"

_QUESTIONS = (
    # are you a bot, is this a person, is anyone real there, you a robot?
    rf"\b(?:are|r|is|were|was|aren't|arent|isn't|isnt|ain't)\s+{_YOU}\s+(?:guys\s+|even\s+|all\s+|there\s+|sure\s+(?:that\s+)?(?:you(?:'re| are)\s+)?)*{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b{_TAIL}",
    rf"\b(?:you|u)(?:'re|\s+are|\s+r)?\s+(?:not\s+)?{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b(?:,?\s+(?:right|yeah|yes|no|huh|correct|innit|or what|aren't you|are you|lol|too))?\s*\?",
    rf"\b(?:this|that|it)(?:'s|\s+is)\s+{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b,?\s*(?:right|yeah|isn't it|or what|huh)?\s*\?",
    rf"\b(?:am|are|was|were)\s+(?:i|we)\s+(?:really\s+|actually\s+|just\s+|even\s+|seriously\s+|only\s+|still\s+)*(?:{_TALK}|in (?:touch|contact))\s+{_TO}{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b",
    rf"\b(?:i'm|i am|we're|we are|im)\s+(?:really\s+|actually\s+|just\s+|even\s+)*{_TALK}\s+{_TO}{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b[^.?!]*\?",
    rf"\b(?:if|whether)\s+(?:or not\s+)?(?:i'm|i am|we're|im)\s+(?:actually\s+|really\s+)*{_TALK}\s+{_TO}{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b",
    rf"\b(?:tell|know|wonder(?:ing)?|clarify|confirm|ask(?:ing)?|sure|say|curious|admit|check)\b[^.?!]{{0,40}}\b(?:if|whether|that|it)?,?\s*(?:or not\s+)?(?:you(?:'re|\s+are)?|u(?:\s+r|\s+are)?|this is|it's|it is|are you)\s+(?:not\s+)?{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b{_TAIL}",
    rf"\b(?:prove|show|convince)\b[^.?!]{{0,30}}\b(?:you(?:'re|\s+are)|you aren't|this (?:is|isn't))\s+(?:not\s+)?{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b",
    rf"\b(?:does|do|will|did|is|are|can|has|have)\s+(?:there\s+)?(?:an?y?\s+|the\s+|some\s+)?{_ART}(?:(?:{_MACHINE_EN}|{_HUMAN_EN}|(?:anyone|anybody|someone) (?:real|human))\s+(?:actually\s+|even\s+|really\s+|there\s+)*(?:read|answer(?!\s+the\s+phone)|writ|respond|repl|typ|behind|on the other|at the other|tweet)\w*|(?:anyone|anybody|someone)\s+(?:actually\s+|even\s+|really\s+)*behind\s+(?:this|your|these))\b",
    rf"\bwho(?:m)?(?:'s| is| am i| are we)\b[^.?!]{{0,40}}\b(?:{_MACHINE_EN})\s+or\s+{_ART}(?:{_HUMAN_EN})\b|\bwho(?:m)?(?:'s| is| am i| are we)\b[^.?!]{{0,40}},?\s*(?:{_HUMAN_EN})\s+or\s+{_ART}(?:{_MACHINE_EN})\b",
    rf"^\W*(?:@\w+\s+)*(?:so,?\s+|hi,?\s+|hey,?\s+)?{_ART}(?:{_HUMAN_EN}|{_MACHINE_EN})\s*,?\s*or\s+{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b[^.!]*\?",
    rf"\b(?:{_HUMAN_EN})\s+or\s+{_ART}(?:{_MACHINE_EN})\b[^.!]{{0,25}}\b(?:you|this)\b|\b(?:you|this|yourself|answering|replying|responding)\b[^.!?]{{0,25}}[,:]?\s+{_ART}(?:(?:{_HUMAN_EN})\s+or\s+{_ART}(?:{_MACHINE_EN})|(?:{_MACHINE_EN})\s+or\s+{_ART}(?:{_HUMAN_EN}))\b",
    rf"\bi(?:'m| am)\s+{_ART}(?:{_HUMAN_EN})\b[^.?!]{{0,12}}[.,]?\s*(?:how|what) about you",
    rf"\b(?:{_MACHINE_EN})\b[^?!]{{0,60}}[.,?!]\s*(?:are|r|is)\s+(?:you|u|this)\s+(?:one|1)?\s*\?",
    rf"\b(?:written|generated|answered|sent|posted|typed|done|handled|made)\s+by\s+{_ART}(?:{_MACHINE_EN}|{_HUMAN_EN})\b[^.!]{{0,30}}\?",
    r"\b(?:is|are|was|were)\s+(?:this|that|these|those|it|your)\b[^.?!]{0,25}\s(?:automated|automatic|auto[- ]?generated|canned|generated|pre-?recorded|copy[- ]?(?:and[- ])?paste\w*|scripted)\b",
    rf"\bdo (?:you|u)\s+(?:guys\s+)?(?:use|have)\s+(?:a\s+|an\s+|any\s+|the\s+)?(?:{_MACHINE_EN})\s+(?:to|for)\s+(?:answer|repl|respon|writ|tweet|these|this)\w*",
    rf"\b(?:you|u)\s+(?:use|using|have)\s+(?:a\s+|an\s+)?(?:{_MACHINE_EN})\s+(?:to|for)\s+(?:answer|repl|respon|writ)\w*[^.!]*\?",
)
_ACCUSATIONS = (
    # i am sure this is a bot, admit it, you are a bot, hoodwinked by a bot
    rf"\badmit\b[^.?!]{{0,20}}\b(?:you|this)\b[^.?!]{{0,12}}\b(?:{_MACHINE_EN})\b",
    rf"\b(?:i (?:bet|guess|am sure|believe|know|think|suppose|suspect)|i'm (?:sure|certain|convinced|betting)|pretty sure|sure|seems like|looks like|sounds like)\s+(?:that\s+)?(?:this is|this account is|it's|you(?:'re| are)|im talking to|i'm talking to|i am talking to)\s+(?:not\s+)?{_ART}[\"'“”]?(?:bot|chatbot|robot|automated|ai|an? ai)\b",
    rf"\b(?:hoodwinked|fooled|answered|fobbed off|helped|trolled)\s+by\s+{_ART}(?:bot|chatbot|robot|machine|ai)\b[^.!]{{0,10}}\?",
)
_GERMAN = (
    rf"\b(?:bist du|sind sie|seid ihr|ist (?:das|dies|hier|da)(?: hier)?)\s+(?:\w+\s+){{0,4}}?(?:{_MACHINE_DE}|(?:echte\w*|richtige\w*)\s+\w+|mensch\w*|person)\b[^.!]*\?",
    rf"\b(?:rede|spreche|schreibe|chatte|unterhalte|kommuniziere|sprech|red|schreib)n?\s+(?:ich|wir)\s+(?:\w+\s+){{0,4}}?(?:mit\s+)?(?:\w+\s+){{0,3}}?(?:{_MACHINE_DE}|{_HUMAN_DE})\b",
    rf"\b(?:antwortet|schreibt|liest|sitzt|ist|arbeitet|steckt|tippt|spricht)\s+(?:hier|da|mir|das|bei euch|bei ihnen|überhaupt|eigentlich|denn|wirklich|noch|dahinter)\b\s*(?:\w+\s+){{0,5}}?(?:{_MACHINE_DE}|{_HUMAN_DE})\b[^.!]*\?",
    rf"\b(?:ob|dass)\s+(?:das|hier|ich|du|sie|ihr)\s+(?:\w+\s+){{0,4}}?(?:{_MACHINE_DE}|(?:echter?n?|richtiger?n?)\s+(?:mensch\w*|person))\b\s+(?:\w+\s+)?(?:bist|ist|sind|seid|antwortet|rede|schreibe|spreche|schreibt)",
    rf"\b(?:mensch|person)\s+oder\s+(?:\w+\s+)?{_MACHINE_DE}\b|\b{_MACHINE_DE}\s+oder\s+(?:\w+\s+){{0,2}}(?:mensch|person)\b",
    rf"\b(?:du bist|sie sind|ihr seid|das ist|das war)\s+(?:doch\s+|bestimmt\s+|sicher\s+|wohl\s+|nur\s+|eh\s+|kein\w*\s+|ein\w*\s+|wieder\s+)+(?:{_MACHINE_DE}|{_HUMAN_DE})\b[^.!]*(?:\?|oder\b)",
    r"\b(?:werden|wird|sind|ist)\s+(?:die|diese|eure|ihre|das)\s+(?:\w+\s+){0,3}(?:automatisch|automatisiert|von einem bot|von einer ki|maschinell)\b[^.!]*\?",
)
_FRENCH = (
    rf"\b(?:êtes[- ]vous|es[- ]tu|vous êtes|t'es|tu es|est-ce que (?:vous êtes|tu es|c'est|je)|c'est|est-ce|suis-je|y a-t-il|il y a)\s+(?:[\w'-]+\s+){{0,4}}?(?:{_MACHINE_FR}|{_HUMAN_FR})\b[^.!]*\?",
    rf"\b(?:je (?:parle|discute|m'adresse|cause|suis)|parlé-je|parle-je|ai-je affaire|j'ai affaire|on (?:parle|discute))\s+(?:[\w'-]+\s+){{0,4}}?(?:{_MACHINE_FR}|{_HUMAN_FR})\b[^.!]*\?",
    rf"\b(?:{_HUMAN_FR})\s+ou\s+(?:[\w'-]+\s+){{0,2}}{_MACHINE_FR}\b|\b{_MACHINE_FR}\s+ou\s+(?:[\w'-]+\s+){{0,2}}{_HUMAN_FR}\b",
    rf"\b(?:qui|est-ce)\b[^.!?]{{0,30}}\b(?:répond|écrit|lit)\w*\b[^.!?]{{0,30}}\b(?:{_MACHINE_FR}|{_HUMAN_FR})\b[^.!]*\?",
    rf"\b(?:un|une|des|cette?)\s+(?:{_MACHINE_FR}|(?:vraie?s?\s+)(?:personnes?|humains?))\s+(?:qui\s+)?(?:me\s+)?(?:répond|écrit|lit)\w*[^.!]*\?",
    rf"\bvos réponses sont[- ]elles\b[^.!]*\b(?:{_MACHINE_FR})\b",
)
_NOT_ASKING = (
    # wishes, robots as a topic, and questions about the asker
    r"\b(?:want|like|love|need|prefer|wish|get|let|able|possible|how (?:do|can) i|can i|could i|may i|please)\b[^.?!]{0,30}\b(?:speak|talk|chat|connect)(?:ed)?\b",
    r"\b(?:are|r) (?:you|u) people\b(?! or\b| answering| repl|\W*$)",
    r"\byou remember\b|\bfooled you\b|\bi (?:know|told)\b[^.?!]{0,12}\byou(?:'re| are)\b[^?]*$",
    r"\b(?:how|why) (?:are|r) (?:you|u) (?:a|an|such)\b",
    r"\bcat person\b|\bdog person\b|\bmorning person\b|\bpeople person\b|\bfair person\b|\b(?:good|bad|nice|great|best|kind|lovely|favou?rite|awesome|cool|fun|busy|happy|married|horrible|terrible|awful|big|old|young|lucky|poor|smart|only|right|wrong) (?:person|people|human|guy|man|woman|boy|girl)\b",
    r"\b(?:are|is) (?:you|this|u)(?: guys)? (?:even |still |really |actually |seriously )*(?:for )?real\b(?! (?:person|human|people|live|life|one|or))",
    r"\bdid you know\b[^.?!]*\?$",
    r"\bdo you think\b",
)


@lru_cache(maxsize=64)
def _compiled(text: str) -> "regex.Pattern[str]":
    return regex.compile(text, regex.IGNORECASE)


@lru_cache(maxsize=1)
def _unwanted() -> "regex.Pattern[str]":
    return regex.compile("|".join(_NOT_ASKING), regex.IGNORECASE)


_HINT = regex.compile(
    r"bot\b|bots\b|robot|machine|maschine|comput|\bai\b|\bki\b|\bia\b|a\.i|artificial|intelligen|künstlich|algorithm|program|software"
    r"|logiciel|automat|auto-|script|record|assistant|gpt|llm|human|humain|mensch|person|\breal\b|alive|someone|somebody|anyone"
    r"|\bman\b|\bguy\b|\bgirl\b|\bboy\b|\bwoman\b|\bdude\b|\blady\b|people|canned|generated|quelqu|jemand|leute|mitarbeiter|paste|ordinateur|electronic",
    regex.IGNORECASE,
)


def asks_bot(text: str) -> bool:
    """Whether the author asks, or charges, that software and not a person answers here (English, German, French)."""
    if not _HINT.search(text):
        return False
    cleaned = plain(text)
    for pattern in (*_QUESTIONS, *_ACCUSATIONS, *_GERMAN, *_FRENCH):
        for match in _compiled(pattern).finditer(cleaned):
            around = cleaned[max(0, match.start() - 30) : match.end() + 12]
            if not _unwanted().search(around):
                return True
    return False
