"""Dropcap: a Markdown file becomes a page, an entry in every list, and a newsletter.

The river, and where each part of it is:

    author ── S3 ──▶ ContentBucket
      1 render     source ▶ fragment and one transaction in the Catalog     steps/render_document.py, document/
      2 index      a changed item ▶ the views that read it                  steps/index_change.py, site/views.py
      3 publish    one view made true: page, list, feed, sum, report        steps/publish.py, steps/publish_*.py
      4 announce   first time in the lists ▶ one issue ▶ frozen recipients  steps/open_issue.py, steps/freeze_issue.py
      5 deliver    one recipient, one mail, one ledger entry                steps/deliver_batch.py
      6 feedback   bounces and complaints ▶ ledger and subscriber           steps/record_mail_event.py
      7 subscribe  subscribe, confirm, unsubscribe                          steps/subscribe.py
      8 images     picture or file ▶ renditions, which the pages copy   steps/make_media.py, pictures/
      9 refresh    what changed is cleared at the CDN                       steps/clear_edge.py

Render is the only place that reads Markdown. Everything that anybody sees is a view: a name, a bounded question to the
Catalog, a template; `publish` makes views and `index` knows which of them a change touches. A view has one writer.

    contracts.py   every message between the steps          document/    pure: bytes of a source ▶ Document
    errors.py      who must act?                            site/        pure: what stands, and what it looks like
    settings.py    what each function reads of its env      newsletter/  pure: issue, ledger, mail
    wiring.py      the only place where clients are made    pictures/    pure: bytes of a picture ▶ renditions
                                                            aws/         Catalog, buckets, queues, mail, edge
"""
