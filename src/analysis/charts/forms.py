"""The forms of drawing, each from a plain frame: what a notebook calls ``chart``."""

from analysis.charts.bars import of_gdp, same_trade, two_records
from analysis.charts.chart import Caption, Chart
from analysis.charts.columns import sold_and_bought
from analysis.charts.dependence import of_gdp_five
from analysis.charts.lines import lines_two_records, two_records_five
from analysis.charts.maps import eurasia
from analysis.charts.pairs import part_of_pair_rows, slope
from analysis.charts.ratios import gas, mirror_ratio
from analysis.charts.ruler import ruler
from analysis.charts.shares import parts_of_whole
from analysis.charts.shares_over_time import shares_over_time
from analysis.charts.squares import squares
from analysis.charts.swarm import passing, swarm

__all__ = [
    "Caption",
    "Chart",
    "eurasia",
    "gas",
    "lines_two_records",
    "mirror_ratio",
    "of_gdp",
    "of_gdp_five",
    "part_of_pair_rows",
    "parts_of_whole",
    "passing",
    "ruler",
    "same_trade",
    "shares_over_time",
    "slope",
    "sold_and_bought",
    "squares",
    "swarm",
    "two_records",
    "two_records_five",
]
