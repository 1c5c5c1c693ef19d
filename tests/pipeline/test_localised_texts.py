"""Words of the interface within a text follow the language of the site, wherever the text is read."""

from urllib.parse import urlsplit

from dropcap_local.cloud import LocalCloud

SITE = "title: Hour\nurl: https://journal.example\nlanguage: {}\n"
BODY = "Rest[^a], see [[later]].\n\n> [!warning]\n> Not after four.\n\n[^a]: Twenty minutes.\n"
HEAD = "---\ntitle: {}\ndate: 2025-03-14\nlang: {}\n{}---\n"
GERMAN = ("Zurück zur Fußnote 1 im Text", "Noch nicht erschienen")
FRENCH = ("Revenir à l\N{RIGHT SINGLE QUOTATION MARK}appel de la note 1 dans le texte", "Pas encore publié")
ENGLISH = ("Jump back to footnote", "Not published yet")


def text(cloud: LocalCloud, path: str) -> str:
    """Return the page at PATH."""
    return cloud.page(path).body.decode()


def test_pages_previews_and_feeds_speak_the_language_of_the_site_and_callouts_that_of_their_text() -> None:
    """Another language in `site.yaml` reaches them all, though no text is read again."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", SITE.format("de"))
        cloud.upload("posts/rest.md", HEAD.format("Rest", "ar", "") + BODY)
        cloud.upload("posts/draft.md", HEAD.format("Draft", "xx", "draft: true\n") + BODY)
        cloud.settle()
        preview = urlsplit(str((cloud.report("posts/draft.md") or {})["preview"])).path
        for words, own in ((GERMAN, "Warnung"), (FRENCH, "Avertissement")):
            page, feed, draft = (text(cloud, path) for path in ("/rest/", "/feed.json", preview))
            assert [True] * 6 == [word in read for word in words for read in (page, feed, draft)]
            assert [True] * 3 == ["تحذير</p>" in page, "تحذير</p>" in feed, f"{own}</p>" in draft]
            assert [] == [
                word
                for word in (*ENGLISH, "dropcap-word", "dropcap-title")
                for read in (page, feed, draft)
                if word in read
            ]
            cloud.upload("site.yaml", SITE.format("fr"))
            cloud.settle()
