"""A mention, taken apart."""

from copilot.triage.tokens import clean, fold, tokenize


def test_sentences_keep_the_sign_that_ends_them() -> None:
    tokens = tokenize("Open today? Great!! then bye")
    assert [(tokens.words[s.start : s.end], s.mark) for s in tokens.sentences] == [
        (["open", "today"], "?"),
        (["great"], "!!"),
        (["then", "bye"], ""),
    ]


def test_commas_part_clauses() -> None:
    assert tokenize("good, but late").clauses == [0, 1, 1]


def test_handles_and_links_are_counted_and_are_no_words() -> None:
    tokens = tokenize("@Harbor.example @other where is it https://a.example/x?y=1 @third")
    assert tokens.words == ["where", "is", "it"]
    assert tokens.handles == ["harbor.example", "other", "third"]
    assert (tokens.leading_handles, tokens.trailing_handles, tokens.urls) == (2, 1, 1)
    assert tokens.body() == "where is it"


def test_a_mastodon_handle_is_a_handle_and_no_mail_address() -> None:
    tokens = tokenize("@hello@harbor.example hi")
    assert tokens.handles == ["hello@harbor.example"]
    assert tokens.mails == 0
    assert tokenize("write to hello@harbor.example").mails == 1


def test_hashtags_fall_apart_into_words() -> None:
    assert tokenize("#WorstServiceEver").words == ["worst", "service", "ever"]
    assert tokenize("#worstserviceever").words == ["worst", "service", "ever"]
    assert tokenize("#nothappy").words == ["not", "happy"]


def test_emoji_are_words_whatever_their_skin() -> None:
    tokens = tokenize("👍🏽❤️ ok")
    assert tokens.words == ["👍", "❤", "ok"]
    assert tokens.emoji == 2


def test_elided_words_come_apart_and_english_ones_stay() -> None:
    assert tokenize("l'avocat n'est pas là").words == ["l'", "avocat", "n'", "est", "pas", "la"]
    assert tokenize("don’t").words == ["don't"]


def test_hidden_control_and_styled_characters_do_not_hide_words() -> None:
    assert tokenize("law\u200byer \u202ecourt\u202c 𝘀𝘂𝗲").words == ["lawyer", "court", "sue"]
    assert clean("a\x00b\x1bc\u2028d") == "a b c d"


def test_words_are_folded_but_never_to_nothing() -> None:
    assert fold("STRAßE") == "strasse"
    assert all(tokenize("ͅ ʹ ⁿ ª ﬁ x").words)


def test_capitals_and_drawn_out_letters_are_noticed() -> None:
    assert tokenize("WHERE IS MY ORDER NOW").loud
    assert not tokenize("I am at the RAI in Amsterdam now").loud
    assert tokenize("sooo").stretched


def test_what_was_said_is_cut_from_the_text() -> None:
    tokens = tokenize("Well, the  Lid\nleaks")
    assert tokens.said(1, 3) == "the  Lid"
