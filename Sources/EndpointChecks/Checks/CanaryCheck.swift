internal import Language
internal import Statistics
internal import Transport
internal import Verdict

/// The endpoint, which is a candidate, is no worse than the baseline that serves now.
struct CanaryCheck: ProbingCheck {
  var options = ProbingOptions()
  var baseline: CanaryBaseline?
  /// What is judged instead of answers to requests of its own.
  var prometheus: PrometheusCanary?
  var errors: Located<Margin>?
  var percentiles: [(percentile: Percentile, margin: Located<Margin>)] = []
  var mean: Located<Margin>?
  var flips: Located<Quantity>?
  var shift: Located<Quantity>?
  var output: Located<String>?
  var threshold: Double?
  var range = [0.0, 1.0]
  var confidence = 0.95
  var pace = CanaryPace()

  /// How many more requests of a hundred may go wrong when the config says nothing.
  static let standardErrors = 0.01

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "canary",
    summary:
      "This endpoint, a candidate, is no worse than the baseline that serves now. Both are asked the same rows, one after "
      + "the other and in turns the first. Each guard is a check of its own: errors (the share of requests without a good "
      + "answer; always there, with a margin of 0.01), latency by percentiles or the mean, the share of rows with another "
      + "class (flips), and the mean change of a score (shift). A guard is looked at after each pair. The canary stops when "
      + "one has failed or all have passed; else it goes on until each row was asked once, or to the end of the duration; "
      + "with a rate, no faster than that. A baseline that gives no good answer ten times in a row ends it as an error, and "
      + "nothing is passed while it is silent. With prometheus, guards compare what Prometheus measures of live traffic, by "
      + "queries, every so often until they are decided or the duration is over.",
    why:
      "Whoever watches a canary looks again and again, and an ordinary test that is looked at fifty times alarms about six "
      + "times as often as it says. The intervals here are confidence sequences: with 95%, all intervals of all guards and "
      + "all looks together hold in at least 95% of canaries, so that a candidate that is no worse is stopped in at most "
      + "5%, however often it is looked at. The guards share the error by Bonferroni's rule. That is exact for errors, "
      + "percentiles, flips and shift when rows and requests come independently; the mean needs many pairs, at least 50. "
      + "The ranges of a value of Prometheus may not be longer than every, as looks would share what they see; a recording "
      + "rule hides them. Looks that resemble those before them count for fewer (autocorrelation at lag 1, AR(1)): 50 looks "
      + "at two equal sides alarm in 0.4% of simulations without, 3.5% with an autocorrelation of 0.9. Counters (failures, total) need no such care.",
    example:
      "- canary: {baseline: champion, rows: data/golden.parquet, p95: {max_regression: 10% relative}, flips: {at_most: 1%}}\n"
      + "- canary:\n    baseline: https://delay.example.com\n    errors: {max_regression: 0.005 absolute}\n"
      + "    mean: {max_regression: 5ms absolute}\n    shift: {at_most: 0.01}\n    output: probability\n    rate: 5/s\n    duration: 5m\n"
      + "    id: live\n- canary:\n    id: traffic\n    prometheus:\n      url: http://prometheus:9090\n      every: 30s\n"
      + "      duration: 10m\n      guards:\n        - id: errors\n"
      + "          failures: {candidate: 'sum(errors_total{version=\"b\"})', baseline: 'sum(errors_total{version=\"a\"})'}\n"
      + "          total: {candidate: 'sum(requests_total{version=\"b\"})', baseline: 'sum(requests_total{version=\"a\"})'}\n"
      + "          max_regression: 0.01 absolute",
    fix:
      "Failed: the finding holds the request that decided, as a curl line. Inconclusive: it says how many more pairs "
      + "would decide; give more rows or a longer duration, or a wider margin. To show errors within 0.01 takes about "
      + "1,100 pairs without any error, and to know p99 as many.")

  static var shape: Shape<CanaryCheck> {
    Shape<CanaryCheck>.object(
      CanaryCheck(),
      [
        .key(
          "baseline", \.baseline, CanaryBaseline.shape.optional,
          "What serves now: another endpoint of the config, an address, or {url: …, model: …}."),
        .optional(
          "prometheus", \.prometheus, PrometheusCanary.shape,
          "Instead of a baseline: compares by queries what Prometheus measures of both."),
        .optional(
          "errors", \.errors, regression(.margin),
          "How much larger the share of requests without a good answer may be: {max_regression: 0.01 absolute}."),
      ]
        + Percentile.all.map { percentile in
          .each(
            percentile.name, regression(.timeMargin),
            "How much larger the time may be that \(Quantity(percentile.share, .share)) of the requests do not exceed."
          ) { margin, _, check in check.percentiles.append((percentile, margin)) }
        } + [
          .optional("mean", \.mean, regression(.timeMargin), "How much larger the mean latency may be."),
          .key(
            "flips", \.flips, .atMost(.share), "The largest share of rows with another class: {at_most: 1%}."),
          .key("shift", \.shift, .atMost(.plain), "The largest mean change of the score: {at_most: 0.01}."),
          .optional(
            "output", \.output, Shape<String>.name.located, "The output that is the score; the only one when left out."),
          .optional(
            "threshold", \.threshold, .number,
            "The score from which on a row is of the class; 0.5 for scores between 0 and 1."),
          .key("range", \.range, Shape<[Double]>.pair(.number), "Between which numbers scores lie; 0 and 1."),
          .key("confidence", \.confidence, .confidence, "The level of all intervals together; 95%."),
        ] + CanaryPace.keys.map { $0.within(\.pace) } + ProbingOptions.keys(\.options), check: validate)
  }

  private static func regression(_ margin: Shape<Margin>) -> Shape<Located<Margin>> {
    struct Limit { var margin: Located<Margin>? }
    return Shape<Limit>.object(
      Limit(),
      [
        .key(
          "max_regression", \.margin, margin.located.optional, "How much worse it may be than the baseline.",
          required: true)
      ]
    ).map { limit, node, problems in
      if let margin = limit.margin, margin.value.absolute != nil, margin.value.relative != nil {
        problems.report(
          "a margin of a canary is absolute or relative, as every look has to judge the same", at: margin.location)
        return nil
      }
      return limit.margin
    }
  }

  private static func validate(_ check: CanaryCheck, _ node: Node, _ problems: inout Problems) {
    if (check.baseline == nil) == (check.prometheus == nil) {
      problems.report(
        check.baseline == nil ? "nothing is named to compare with" : "one canary compares by one means",
        at: node.location, help: ["write baseline: ENDPOINT, or prometheus: {…}"])
    }
    if check.prometheus != nil {
      for name in requestKeys where node[key: name] != nil {
        problems.report(
          "with prometheus nothing is asked of the endpoint, so \"\(name)\" has no meaning",
          at: node[key: name]?.keyLocation ?? node.location,
          help: [
            name == "duration"
              ? "write it under prometheus, with every: 30s" : "write it as a guard: guards: [{id: …}]"
          ])
      }
    }
    if let errors = check.errors, errors.value.relative != nil {
      problems.report(
        "a share of the baseline's errors allows none where it has none", at: errors.location,
        help: ["write how much the share of errors may grow: \"0.01 absolute\""])
    }
    if let errors = check.errors?.value.absolute, errors >= 1 {
      problems.report("every candidate would keep this margin", at: check.errors?.location ?? node.location)
    }
    if let flips = check.flips, flips.value.value >= 1 {
      problems.report("every candidate would keep this limit", at: flips.location)
    }
    let width = check.range[1] - check.range[0]
    let place = node[key: "range"]?.keyLocation ?? node.location
    if !(width > 0) || !width.isFinite {
      problems.report("the range of scores is empty", at: place, help: ["write the smaller number first: [0, 100]"])
    } else if let shift = check.shift, shift.value.value < 0 || shift.value.value >= width {
      problems.report(
        shift.value.value < 0 ? "no amount is below nothing" : "every candidate would keep this limit",
        at: shift.location
      )
    }
    if check.shift == nil, let output = check.output {
      problems.report("an output is named for shift, which is not asked for", at: output.location)
    }
  }

  /// The keys that speak of requests.
  private static var requestKeys: [String] {
    [
      "errors", "mean", "flips", "shift", "output", "threshold", "range", "rate", "concurrency", "duration",
      "rows", "encoding",
    ]
      + Percentile.all.map(\.name)
  }

  var headers: [HTTPHeaders.Field] { baseline?.headers ?? prometheus?.headers ?? [] }

  /// Predictions are compared, or rows are named.
  var sendsRows: Bool { flips != nil || shift != nil || options.rows != nil }

  static let untested = "a canary is not tested: the self-test replays the replies of one endpoint, and no comparison"

  func claims(of preset: any ServingProtocol) -> [ProbingClaim] {
    if let prometheus { return prometheus.claims }
    return [ProbingClaim(name: "errors", location: errors?.location)]
      + percentiles.map { ProbingClaim(name: $0.percentile.name, location: $0.margin.location) }
      + [("mean", mean?.location), ("flips", flips?.location), ("shift", shift?.location)].compactMap {
        name, location in
        location.map { ProbingClaim(name: name, location: $0) }
      }
  }

  /// The guards, in the order of the claims. Each has its part of the error.
  ///
  /// - Parameter count: how many pairs are expected.
  func guards(expecting count: Int) throws(Undefined) -> [any CanaryGuard] {
    let others = [mean?.location, flips?.location, shift?.location].compactMap { $0 }.count
    let confidence = 1 - (1 - confidence) / Double(1 + percentiles.count + others)
    var guards: [any CanaryGuard] = [
      ErrorsGuard(errors?.value.absolute ?? Self.standardErrors, at: errors?.location, confidence: confidence)
    ]
    for (percentile, margin) in percentiles {
      guards.append(try PercentileGuard(percentile, margin, confidence: confidence))
    }
    if let mean { guards.append(try MeanGuard(mean, confidence: confidence, expecting: count)) }
    if let flips { guards.append(FlipsGuard(flips, threshold: threshold, confidence: confidence)) }
    if let shift {
      guards.append(try ShiftGuard(shift, of: output?.value, in: range[0]...range[1], confidence: confidence))
    }
    return guards
  }

  func judge(_ inquiry: inout Inquiry) async -> [Judgement] {
    if let prometheus { return await prometheus.judge(&inquiry, confidence: confidence) }
    do throws(Complaint) {
      guard let baseline else { throw Complaint(.noRows("there is no baseline", .baseline)) }
      let questions = try await CanaryQuestions(self, &inquiry)
      let candidate = inquiry
      let (judgements, after) = try await candidate.beside(baseline) { other in
        var run = CanaryRun(check: self, candidate: candidate, baseline: other, questions: questions)
        let judgements = await run.judge()
        return (judgements, run.asked)
      }
      inquiry = after
      return judgements
    } catch {
      return all(error.judgement(wasReached: inquiry.wasReached), of: inquiry.preset)
    }
  }
}
