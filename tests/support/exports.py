"""Small exports of other systems, written after the documentation of each format."""

import json
from pathlib import Path
from zipfile import ZipFile

GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""A picture of one pixel."""


def ghost(folder: Path) -> Path:
    """Write an export of Ghost with its pictures, and return it."""
    posts = [
        {
            "id": "1",
            "title": "Why naps work &amp; how",
            "slug": "naps",
            "html": (
                '<!--kg-card-begin: markdown--><h2 id="a">Rest</h2><p>Twenty are <strong>enough</strong>, see '
                '<a href="__GHOST_URL__/about/#me">me</a> and <a href="__GHOST_URL__/tag/sleep/">more</a>.</p>'
                '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/'
                'images/2025/03/oak.gif" alt="An oak" srcset="x 600w"><figcaption>In winter</figcaption></figure>'
                '<pre><code class="language-python">a_b = [1]\n# *not* bold\n</code></pre>'
                '<figure class="kg-card kg-embed-card"><iframe src="https://video.example/7"></iframe></figure>'
            ),
            "status": "published",
            "visibility": "public",
            "type": "post",
            "published_at": "2025-03-14T09:00:00.000Z",
            "updated_at": "2025-03-15T09:00:00.000Z",
            "custom_excerpt": "Twenty minutes.",
            "feature_image": "__GHOST_URL__/content/images/2025/03/oak.gif",
            "codeinjection_head": "<script>track()</script>",
        },
        {"id": "2", "title": "About", "slug": "about", "html": "<p>Me.</p>", "status": "published", "type": "page"},
        {"id": "3", "title": "For payers", "slug": "paid", "html": "<p>Secret.</p>", "status": "published",
         "visibility": "paid", "type": "post"},
        {"id": "4", "title": "An idea", "slug": "idea", "html": "<p>Not yet.</p>", "status": "draft", "type": "post"},
    ]  # fmt: skip
    tables = {
        "posts": posts,
        "posts_meta": [{"post_id": "1", "feature_image_alt": "An oak", "meta_description": "For search engines."}],
        "tags": [{"id": "7", "name": "Sleep"}, {"id": "8", "name": "#internal"}, {"id": "9", "name": "Habits"}],
        "posts_tags": [
            {"post_id": "1", "tag_id": "9", "sort_order": 1},
            {"post_id": "1", "tag_id": "7", "sort_order": 0},
            {"post_id": "1", "tag_id": "8", "sort_order": 2},
        ],
        "users": [{"id": "5", "name": "Ada"}],
        "posts_authors": [{"post_id": "1", "author_id": "5", "sort_order": 0}],
        "settings": [{"key": "title", "value": "The Quiet Hour"}, {"key": "timezone", "value": "Europe/Berlin"}],
    }
    path = folder / "ghost.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("quiet.ghost.json", json.dumps({"db": [{"meta": {"version": "5.0"}, "data": tables}]}))
        archive.writestr("content/images/2025/03/oak.gif", GIF)
    return path


def wordpress(folder: Path) -> Path:
    """Write an export of WordPress, and return it."""
    path = folder / "wordpress.xml"
    path.write_text(
        """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Quiet Hour</title><link>https://old.example</link><description>On rest</description>
<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada L.</wp:author_display_name></wp:author>
<item><title>Naps &amp;amp; walks</title><link>https://old.example/2025/03/naps/</link><dc:creator>ada</dc:creator>
<content:encoded><![CDATA[First line
second line, see <a href="https://old.example/?p=12">about</a>.

[caption id="attachment_9" width="300"]<img src="https://old.example/wp-content/uploads/oak.gif" /> An oak[/caption]

[contact-form id="7"]

[sourcecode language="python"]
if a < b:

    pass
[/sourcecode]]]></content:encoded>
<excerpt:encoded><![CDATA[On naps]]></excerpt:encoded><wp:post_id>11</wp:post_id>
<wp:post_date>2025-03-14 10:00:00</wp:post_date><wp:post_date_gmt>2025-03-14 09:00:00</wp:post_date_gmt>
<wp:post_name>naps</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="sleep">Sleep</category><category domain="post_tag" nicename="rest">Rest</category>
<category domain="category" nicename="uncategorized">Uncategorized</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment></item>
<item><title>About</title><link>https://old.example/about-us/</link><content:encoded><![CDATA[<!-- wp:paragraph -->
<p>We rest.</p>
<!-- /wp:paragraph -->]]></content:encoded><wp:post_id>12</wp:post_id><wp:post_name>about</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>page</wp:post_type><wp:post_date>2025-01-01 00:00:00</wp:post_date></item>
<item><title>Private</title><content:encoded><![CDATA[Only me.]]></content:encoded><wp:post_id>13</wp:post_id>
<wp:post_name></wp:post_name><wp:status>private</wp:status><wp:post_type>post</wp:post_type>
<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt></item>
<item><title>Old</title><content:encoded>x</content:encoded><wp:status>trash</wp:status><wp:post_type>post</wp:post_type>
</item>
<item><title>oak</title><wp:post_id>9</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://old.example/wp-content/uploads/oak.gif</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>An oak</wp:meta_value></wp:postmeta>
</item>
<item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>
"""
    )
    return path


def substack(folder: Path) -> Path:
    """Write an export of Substack, and return it."""
    path = folder / "substack.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr(
            "posts.csv",
            "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"
            "101.naps,2025-03-14T09:00:00.000Z,true,,,newsletter,everyone,Why naps work,Twenty minutes,\n"
            '102.paid,2025-03-15T09:00:00.000Z,true,,,newsletter,only_paid,"For payers, only",,\n'
            "103.idea,,false,,,newsletter,everyone,An idea,,\n"
            "104.chat,2025-03-16T09:00:00.000Z,true,,,thread,everyone,A chat,,\n",
        )
        archive.writestr(
            "posts/101.naps.html",
            '<p>Rest<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a> well, as in '
            '<a href="https://quiet.substack.com/p/idea">my idea</a>.</p>'
            '<div class="subscription-widget-wrap"><form><input type="email"><button>Subscribe</button></form></div>'
            '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
            '<div class="footnote-content"><p>Not long.</p></div></div>',
        )
        archive.writestr("posts/102.paid.html", "<p>Secret.</p>")
        archive.writestr("posts/103.idea.html", "<p>Not yet.</p>")
    return path


def medium(folder: Path) -> Path:
    """Write an export of Medium, and return it."""
    path = folder / "medium.zip"
    story = (
        '<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry"><header>'
        '<h1 class="p-name">{title}</h1></header><section data-field="subtitle" class="p-summary">Twenty minutes'
        '</section><section data-field="body" class="e-content"><section class="section"><div class="section-divider">'
        '<hr></div><h3 class="graf graf--h3 graf--title">{title}</h3>'
        '<h4 class="graf graf--subtitle">Twenty minutes</h4>'
        '<p class="graf graf--p">{text}</p><h3 class="graf graf--h3">Part</h3>'
        '<pre class="graf graf--pre">a = 1<br>b = 2</pre></section></section><footer>{foot}</footer>'
        "</article></body></html>"
    )
    foot = (
        '<p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada</a> on '
        '<a href="https://medium.com/p/1a2b"><time class="dt-published" datetime="2025-03-14T09:00:00.000Z">March 14'
        "</time></a>.</p>"
        '<p><a href="https://medium.com/@ada/why-naps-work-1a2b" class="p-canonical">Canonical link</a></p>'
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("README.html", "<html><body>Your archive</body></html>")
        text = 'Rest, as in <a href="https://medium.com/@ada/why-naps-work-1a2b">this</a>.'
        archive.writestr(
            "posts/2025-03-14_Why-naps-work-1a2b.html", story.format(title="Why naps work", text=text, foot=foot)
        )
        archive.writestr("posts/draft_An-idea-3c4d.html", story.format(title="An idea", text="Not yet.", foot=""))
    return path
