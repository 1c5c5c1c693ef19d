"""Dropcap: a Markdown file becomes a page, an item in every list, and a newsletter.

The flow, and the modules of each step:

    author ── S3 ──▶ ContentBucket
      1 render     source ▶ fragment and one Catalog transaction      steps/render/, document/
      2 index      changed item ▶ the views that read it              steps/index/, site/views.py
      3 publish    build one view: page, list, feed, sum, report      steps/publish/, site/content/, templates/
      4 announce   new list item ▶ issue ▶ frozen recipients          steps/newsletter/{open,freeze}_issue.py
      5 deliver    one recipient ▶ one mail and one ledger entry      steps/newsletter/deliver_batch.py
      6 feedback   bounces and complaints ▶ ledger and subscriber     steps/newsletter/record_mail_event.py
      7 subscribe  subscribe, confirm, unsubscribe over HTTP          steps/newsletter/subscribe.py
      8 images     picture or file ▶ renditions that pages copy       steps/make_media.py, pictures/
      9 refresh    changed cache tags ▶ CDN invalidations             steps/publish/invalidate.py
     10 reconcile  what differs, or a new release ▶ messages          steps/reconcile/

Only render reads Markdown. Everything that readers see is a view: a name, a bounded Catalog query and a template.
`publish` builds views, and `index` knows which of them a change affects. Each view has one writer.

    contracts.py   every message between the steps          document/    pure: bytes of a source ▶ Document
    errors.py      the error tree: who must act             site/        pure: views and their content
    settings.py    environment variables per function       newsletter/  pure: issue, ledger, mail
    wiring/        the tools of each function, made once    pictures/    pure: bytes of a picture ▶ renditions
                                                            aws/         Catalog, buckets, queues, mail, edge
"""

import gc

gc.set_threshold(5_000, 20, 100)
"""Python's own value is 700: a tenth of a cold start was the search for cycles among modules and AWS's models."""
