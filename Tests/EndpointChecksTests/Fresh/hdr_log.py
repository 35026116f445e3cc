"""Reads a log with HdrHistogram's own library: the counts of each histogram in it, as JSON."""

import json
import sys

from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader

reference = HdrHistogram(1, 3_600_000_000_000, 3)
reader = HistogramLogReader(sys.argv[1], reference)
found = []
while (histogram := reader.get_next_interval_histogram()) is not None:
    found.append({
        "tag": histogram.get_tag(),
        "start": histogram.get_start_time_stamp(),
        "end": histogram.get_end_time_stamp(),
        "total": histogram.total_count,
        "p50": histogram.get_value_at_percentile(50),
        "p999": histogram.get_value_at_percentile(99.9),
        "max": histogram.get_max_value(),
        "counts": [[item.value_iterated_to, item.count_added_in_this_iter_step]
                   for item in histogram.get_recorded_iterator()],
    })
json.dump(found, sys.stdout)
