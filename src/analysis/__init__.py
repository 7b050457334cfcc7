"""How China's economic weight compares with Russia's in each Central Asian country.

Read the rooms in this order, from printed words to a page; imports go one way:

data      printed words and published tables -> typed tables, or every fault at once
measures  tables -> comparisons, like with like or refused; checks and claims
page      comparisons -> a page's answer, sentences and tables
charts    tables -> drawings with alt text, and the pages that are mostly drawings
publish   notebook -> page, and the build that does only what is out of date
fetch     today's editions from the services that publish them; no other room imports it
"""
