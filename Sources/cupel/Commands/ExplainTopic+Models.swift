/// The words of the comparison of models.
extension ExplainTopic {
  static let models: [ExplainTopic] = [confidence, gates, inconclusive, power, slices]

  private static let gates = ExplainTopic(
    names: ["gates", "gate", "margin", "margins", "relative", "absolute", "direction"],
    text: """
      What the candidate must keep, one entry a metric: bounds of its value (at_least, at_most, between, equals), and of
      how it differs from the baseline (max_regression, min_improvement, suspicious_improvement). A margin says whether it
      is absolute, in the metric's own unit, or relative, a share of the baseline's magnitude; with both the absolute one
      decides where the baseline is nearly zero. direction: says which side is better, where the metric's name does not.
      Each bound is a check of its own, models.MODEL.METRIC.BOUND. A gate without confidence judges these rows, or this
      file, alone: its method is point.
      """,
    example: """
      version: 1
      models:
        delay:
          candidate: {metrics: out/metrics.json}
          baseline: {metrics: baselines/metrics.json}
          gates:
            - {metric: roc_auc, at_least: 0.72}
            - {metric: log_loss, max_regression: [0.001 absolute, 1% relative]}
            - {metric: minutes_saved, direction: higher, min_improvement: 2 absolute, severity: warn}
      """)

  private static let confidence = ExplainTopic(
    names: ["confidence", "interval", "intervals", "non_inferiority", "superiority", "holm", "multiplicity"],
    text: """
      A gate with confidence: 95% claims something of the population behind the rows. The two-sided interval of the metric,
      or of its difference between both models on the same rows, is held against the bound: all of it inside passes, all
      of it outside fails, and what holds the bound is inconclusive, with the number of rows that would decide. The method
      follows the metric and is named in the finding: Wilson and Tango for shares, DeLong with the ends of both areas for
      roc_auc, influence functions for mean losses, the bootstrap for the rest. A relative margin counts the baseline's own
      uncertainty. Rows with weights count as Kish's effective number of them, rows of a group as one. Less than 30 rows,
      ten positives or negatives for an area, or a few rows that outweigh all others give no interval. Models that agree on
      all rows differ by what the rule of three leaves open. Extremes (max_error, mce) have no interval at all.
      To fail, each blocking gate of a model must be as certain as one of many (Holm), and each slice of a gate
      (Benjamini-Hochberg); the interval in the finding is the one that decided.
      """,
    example: """
      version: 1
      models:
        delay:
          task: binary
          label: late
          score: probability
          id: flight_id
          candidate: {predictions: out/candidate.parquet}
          baseline: {predictions: out/champion.parquet}
          gates:
            - {metric: roc_auc, max_regression: 0.005 absolute, confidence: 95%}
      """)

  private static let inconclusive = ExplainTopic(
    names: ["inconclusive", "when_inconclusive"],
    text: """
      The rows are too few to decide a gate with confidence: its interval holds the limit, or there is none. The exit code
      is 5. when_inconclusive: block or warn says what becomes of it; a gate of all rows blocks, slices warn.
      cupel explain power says what to do about it.
      """,
    example: """
      version: 1
      models:
        delay:
          task: binary
          label: late
          score: probability
          id: flight_id
          candidate: {predictions: out/candidate.parquet}
          baseline: {predictions: out/champion.parquet}
          gates:
            - {metric: roc_auc, max_regression: 0.005 absolute, confidence: 95%, when_inconclusive: warn}
      """)

  private static let power = ExplainTopic(
    names: ["power", "minimum_detectable_effect", "rows_needed", "how_many_rows"],
    text: """
      How small a change the rows can show. Every finding with confidence prints the change that is found with a
      probability of 80 %; one larger than the margin means that the gate is mostly inconclusive, however good the
      candidate. cupel model power says for every such gate how often an equal candidate passes and how many rows it
      needs, and plans a gate before there are predictions, from expected rates. More rows, a wider margin, or models that
      are paired by row (always, where both predict the same rows) help; rows that repeat what others say do not.
      """)

  private static let slices = ExplainTopic(
    names: ["slices", "slice", "min_rows", "bins", "pooled"],
    text: """
      Parts of the rows that a gate with slices: all judges one by one, beside all rows: by the values of a column, by bins
      of its numbers, each with its lower border, or by several columns at once. Slices with less than min_rows rows (100)
      are pooled as other, and listed. A value that stands in values: must occur, and is judged however few its rows are.
      The slices of a gate are one check, models.MODEL.METRIC.BOUND@SLICES, which tells of the worst. Undecided slices warn.
      """,
    example: """
      version: 1
      models:
        delay:
          task: binary
          label: late
          score: probability
          id: flight_id
          candidate: {predictions: out/candidate.parquet}
          baseline: {predictions: out/champion.parquet}
          slices:
            - {column: carrier, values: [AA, UA]}
            - {column: distance, bins: [0, 500, 1500, 5000]}
            - [carrier, origin]
          min_rows: 200
          gates:
            - {metric: accuracy, max_regression: 0.02 absolute, confidence: 95%, slices: all}
      """)
}
