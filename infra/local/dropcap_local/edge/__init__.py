"""The CDN of the local cloud, from the same template as the deployed one: responses to browsers, and their caching.

distribution  the template's behaviours, policies, error pages, and code of the functions
functions     that code, run by a JavaScript engine
freshness     how long an answer is kept
cache         what is kept, and what an invalidation takes away
answers       what is made of a kept object for one reader: 304, 206, gzip
origin        the bucket behind it, and the invalidations
edge          one request through all of it
"""
