"""Invariants of the model at rest: above all, an empty stack makes the same site of the same bucket."""

from model.cloud import Cloud
from model.explorer import Explorer
from model.publish import name_of


def afresh(cloud: Cloud) -> Cloud:
    """Publish the same bucket, its versions and its journals, into an empty stack at the same time."""
    explorer = Explorer(0, kind=True)
    explorer.cloud = Cloud(
        content=cloud.content, settings=cloud.settings, journals=dict(cloud.journals), now=cloud.now, tokens=10**6
    )
    explorer.hidden_until = dict.fromkeys(
        (text.body for versions in cloud.content.values() for _, text in versions if text), 0
    )
    explorer.cloud.uploads = sorted(set(cloud.content) | set(cloud.journals))
    return explorer.run(0)


def rests(cloud: Cloud) -> None:
    """Assert what holds at rest: no link leads to a stranger, what will change is waited for, the site is as new."""
    for path, there in cloud.site.items():
        if isinstance(there, dict) and "to" in there:
            owner = cloud.query("URL#" + path)[0][1]["post"]
            assert cloud.site.get(there["to"], {}).get("post") == owner, f"the redirect at {path} leads to a stranger"
        for name, to in there["links"] if isinstance(there, dict) and "links" in there else ():
            assert to is None or name_of(cloud.site[to]["post"]) == name, f"{path} [[{name}]] leads to a stranger"
    for key in cloud.content:
        post = cloud.get("POST#" + key)
        due = post["due"] if post else None
        assert due is None or cloud.schedules.get(key) == due, f"{key} is due at {due}, and nobody waits for it"
    moved_files_are_found(cloud)
    fresh = afresh(cloud)
    differ = {path for path in cloud.site.keys() | fresh.site.keys() if cloud.site.get(path) != fresh.site.get(path)}
    differences = (f"{path}\n  here  {cloud.site.get(path)}\n  fresh {fresh.site.get(path)}" for path in sorted(differ))
    assert not differ, "\n".join(differences)


def moved_files_are_found(cloud: Cloud) -> None:
    """Assert that what is gone redirects where a public post has its id or its words, and that what lives does not."""
    posts = {key: post for key in (*cloud.content, *cloud.journals) if (post := cloud.get("POST#" + key))}
    known_names = {name for post in posts.values() if post["live"] for name in post["live"].known_as}
    for key, post in posts.items():
        journal = cloud.journal(key)
        if not post["live"] and known_names & set(journal.known_as):
            gone = [path for path in journal.addresses if cloud.query("URL#" + path)[0][0][0] == "3"]
            assert not gone, f"{key} was moved, and {gone} say that it is gone"
