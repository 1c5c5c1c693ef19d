"""The account of an issue: every recipient is in one state."""

from dropcap.newsletter.account import DeliveryCounts


def test_the_account_for_programs_has_every_number_and_adds_up() -> None:
    """With the reasons, by the code that SES gave; numbers within the accepted ones are apart."""
    pages = [
        {"sent": 2, "delivered": 3, "refused:MessageRejected": 1, "sending": 1},
        {"bounced:permanent": 1, "complained": 1, "refused:MessageRejected": 1, "left": 2, "unknown:SenderDied": 1},
    ]
    account = DeliveryCounts.summed(15, pages).to_json()
    expected = {
        "recipients": 15, "queued": 2, "sending": 1, "accepted": 7, "refused": 2, "left": 2, "unknown": 1,
        "delivered": 3, "bounced": 1, "complained": 1,
    }  # fmt: skip
    assert expected == {name: account[name] for name in expected}
    assert 15 == sum(expected[name] for name in ("queued", "sending", "accepted", "refused", "left", "unknown"))
    causes = {"refused": {"MessageRejected": 2}, "bounced": {"permanent": 1}, "unknown": {"SenderDied": 1}}
    assert causes == account["causes"]
