"""HTML ▶ HTML or text: sanitise, typography, table of contents, links, transclusion, summaries."""
