/// The words of the comparison of models.
extension ExplainTopic {
  static let models: [ExplainTopic] = [
    budgets, confidence, customMetrics, discover, fairness, gates, inconclusive, power, slices, trainingRuns,
  ]

  private static let budgets = ExplainTopic(
    names: ["budgets", "model_size", "cost"],
    text: """
      Numbers that are no metrics, each with its limits, a check of its own, models.MODEL.NAME: the bytes of a file or
      of all files in a folder (size:), a number in a JSON file (json: with path:, a JSONPath), or what a check of
      another run observed (report: with check:, its identity in the JSON report of cupel run), as the latency of an
      endpoint. What is not there, or is no number, is an error, never a pass. cupel explain budget tells of the
      check.
      """,
    example: """
      version: 1
      models:
        delay:
          candidate: {metrics: out/metrics.json}
          gates: [{metric: roc_auc, at_least: 0.72}]
          budgets:
            - {size: out/model.onnx, at_most: 50MB, id: size}
            - {json: out/training.json, path: $.seconds, at_most: 3600, id: training-time}
            - {report: out/endpoints.json, check: endpoints.delay-api.latency, at_most: 50ms, id: latency}
      """)

  private static let customMetrics = ExplainTopic(
    names: ["custom_metrics", "custom_metric", "custom", "loss", "losses", "expression"],
    text: """
      A metric that the gate makes itself is the mean over the rows of a column of losses (loss:), one for both sides
      or {candidate: COLUMN, baseline: COLUMN}, or of an expression over columns, in which label, score, prediction
      and weight are those of the side. Both files must agree on the other columns that it reads, but for those that own:
      names, which are each model's own, such as what a prediction took. direction: says which side is better. It has
      intervals, slices and discovered slices as any mean has. task: losses is for rows of which nothing else is known.
      cupel explain expressions tells what can be written.
      """,
    example: """
      version: 1
      models:
        delay:
          task: regression
          label: minutes
          prediction: predicted
          id: flight_id
          candidate: {predictions: out/candidate.parquet}
          baseline: {predictions: out/champion.parquet}
          gates:
            - metric: {name: cost, expression: "abs(prediction - label) * price"}
              direction: lower
              max_regression: 1% relative
              confidence: 95%
      """)

  private static let discover = ExplainTopic(
    names: ["discover", "discovered", "discovered_slices", "worst_slices", "slice_discovery"],
    text: """
      Finds the slices of rows in which a gate fares worst, by values of columns, bins of numbers, and crosses of up
      to three (depth:). One half of the rows, told by a hash of their ids, finds the slices; the other half judges
      the worst five of them (worst:), because what found a slice always confirms it. The finding says how many were
      searched. A narrower slice is told only where it is clearly worse than the wider ones. discover: true searches
      all columns but ids, labels and what is predicted; a list searches these. Such a gate needs confidence, and a
      metric to which each row contributes by itself: a mean over the rows, or one whose rows are right or wrong, as
      the area under the ROC curve. Slices that are known by name belong in slices: by column.
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
          slices: [{discover: [carrier, origin, distance], min_rows: 200}]
          gates:
            - {metric: accuracy, max_regression: 0.02 absolute, confidence: 95%, slices: all}
      """)

  private static let fairness = ExplainTopic(
    names: [
      "fairness", "bias", "demographic_parity", "equalised_odds", "equalized_odds", "equal_opportunity",
      "predictive_parity", "protected", "favourable", "favorable",
    ],
    text: """
      Groups of people that the model must treat alike: by: the column that tells them, one with bins, or several
      whose crosses are the groups. Its gates bound how far the groups are apart, as a difference (at_most: 0.1) or a
      ratio (at_least: 0.8): demographic parity compares who is called favourable, equalized odds and equal
      opportunity who is of those who should be, predictive parity how often the call is right. favourable: names the
      label that is good for whoever gets it, when it is not the positive one. With confidence the interval is of the
      worst of all contrasts at once: the largest of many differences is large by chance, and ten groups of 200 that
      are treated alike seem to differ by 0.1. Groups of less than min_rows rows (100) are pooled as other, which is left
      out if it has less as well, and listed; a group without a single row that a rate counts is an error, not a rate of
      0. cupel explain metrics lists the metrics.
      """,
    example: """
      version: 1
      models:
        credit:
          task: binary
          label: repaid
          score: probability
          id: application
          candidate: {predictions: out/candidate.parquet}
          gates: [{metric: roc_auc, at_least: 0.72}]
          fairness:
            by: [gender, {column: age, bins: [18, 30, 60, 120]}]
            min_rows: 200
            gates:
              - {metric: demographic_parity_ratio, at_least: 0.8}
              - {metric: equal_opportunity_difference, at_most: 0.1, confidence: 95%}
      """)

  private static let trainingRuns = ExplainTopic(
    names: ["training_runs", "repeats", "seeds", "seed", "runs"],
    text: """
      Predictions of the same rows by several trainings of a model, with other seeds: a list of files, or a list with
      a pattern, of which each file is a run. A pattern that stands alone is one table in several files. The metric is
      the mean over the runs, and the interval of a gate with confidence counts how much it varies between runs beside
      how much the rows vary it in all runs alike; what training does to each row in another way falls with the number
      of runs, too. The finding says which of both is the larger part.
      """,
    example: """
      version: 1
      models:
        delay:
          task: binary
          label: late
          score: probability
          id: flight_id
          candidate: {predictions: [runs/*/predictions.csv]}
          baseline: {predictions: [champion/seed-1.csv, champion/seed-2.csv]}
          gates:
            - {metric: roc_auc, max_regression: 0.005 absolute, confidence: 95%}
      """)

  private static let gates = ExplainTopic(
    names: ["gates", "gate", "margin", "margins", "relative", "absolute", "direction"],
    text: """
      What the candidate must keep, one entry a metric: bounds of its value (at_least, at_most, between, equals), and
      of how it differs from the baseline (max_regression, min_improvement, suspicious_improvement). A margin says
      whether it is absolute, in the metric's own unit, or relative, a share of the baseline's magnitude; with both
      the absolute one decides where the baseline is nearly zero. direction: says which side is better, where the
      metric's name does not. Each bound is a check of its own, models.MODEL.METRIC.BOUND. A gate without confidence
      judges these rows, or this file, alone: its method is point.
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
      A gate with confidence: 95% claims something of the population behind the rows. The two-sided interval of the
      metric, or of its difference between both models on the same rows, is held against the bound: all of it inside
      passes, all of it outside fails, and what holds the bound is inconclusive, with the number of rows that would
      decide. The method follows the metric and is named in the finding: Wilson and Tango for shares, DeLong with the
      ends of both areas for roc_auc, influence functions for mean losses, the bootstrap for the rest. A relative
      margin counts the baseline's own uncertainty. Rows with weights count as Kish's effective number of them, rows
      of a group as one. Shares of the rows have an interval for any number of them; of other metrics less than 30 rows,
      ten positives or negatives for an area, or a few rows that outweigh all others give none. Models that agree on
      all rows differ by what the rule of three leaves open. Extremes (max_error, mce) and distances that are above 0
      by chance (ece, rmsce, reliability) have no interval at all. To fail, each blocking gate of a model must be as
      certain as one of many (Holm), and each slice of a gate (Benjamini-Hochberg); the interval in the finding is the
      one that decided.
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
      The rows are too few to decide a gate with confidence: its interval holds the limit, or there is none. The exit
      code is 5. when_inconclusive: block or warn says what becomes of it; a gate of all rows blocks, slices warn.
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
      needs, and plans a gate before there are predictions, from expected rates. More rows, a wider margin, or models
      that are paired by row (always, where both predict the same rows) help; rows that repeat what others say do not.
      """)

  private static let slices = ExplainTopic(
    names: ["slices", "slice", "min_rows", "bins", "pooled"],
    text: """
      Parts of the rows that a gate judges one by one: by the values of a column, by bins of its numbers, each with its
      lower border, by several columns at once, or by a condition. A gate with slices: all judges all rows and every
      slice; one that names slices judges these alone, so that they have a bound of their own. Slices with less than
      min_rows rows (100) are pooled as other, and listed; where that has less than min_rows rows too, they are not
      judged, and listed. A value that stands in values: must occur, and is judged however few its rows are. The slices
      of a gate are one check, models.MODEL.METRIC.BOUND@SLICES, which tells of the worst. Undecided slices warn.
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
            - {name: night, where: "hour >= 21 or hour < 6"}
          min_rows: 200
          gates:
            - {metric: accuracy, max_regression: 0.02 absolute, confidence: 95%, slices: all}
            - {metric: recall, at_least: 0.6, confidence: 95%, slices: [night]}
      """)
}
