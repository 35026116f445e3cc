"""Reads a log with HdrHistogram's own library: the counts of each histogram in it, as JSON. With a second file, writes
one there with fewer digits and a wider range before: the values of which a line of the standard input has one each."""


import json
import sys

from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader, HistogramLogWriter

if len(sys.argv) > 2:
    written = HdrHistogram(1, 3_600_000_000_000, int(sys.argv[2]))
    for value in json.loads(open(sys.argv[3]).read()):
        written.record_value(value)
    written.set_start_time_stamp(0)
    written.set_end_time_stamp(1000)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        writer = HistogramLogWriter(file)
        writer.output_log_format_version()
        writer.output_legend()
        writer.output_interval_histogram(written)

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
