internal import Language
internal import Metrics
internal import Statistics

/// What a model predicts of a row.
package enum PredictionTask: String, Sendable, Hashable, CaseIterable {
  /// One of two classes, by a score or a call.
  case binary
  /// One of several classes, by the class that is called or by the scores of all.
  case multiclass
  /// Any number of labels.
  case multilabel
  /// A number, or several.
  case regression
  /// The order of documents for a query.
  case ranking
  /// Values of series that come later, as points, intervals or distributions.
  case forecast
  /// A text.
  case text
  /// Solutions of problems, tried several times.
  case generation
  /// Texts, by how likely a language model says they are.
  case likelihood
  /// A vector.
  case embedding
  /// Whatever it is: what each row costs is computed already.
  case losses

  /// The kind of rows that it has.
  var rows: any PredictedRows.Type {
    switch self {
    case .binary: BinaryRows.self
    case .multiclass: MulticlassRows.self
    case .multilabel: MultilabelRows.self
    case .regression: RegressionRows.self
    case .ranking: RankingRows.self
    case .forecast: ForecastRows.self
    case .text: TextRows.self
    case .generation: GenerationRows.self
    case .likelihood: LikelihoodRows.self
    case .embedding: EmbeddingRows.self
    case .losses: LossRows.self
    }
  }

  /// Of each of these one at least must be told.
  var required: [[ColumnRole]] {
    switch self {
    case .binary: [[.label], [.score, .prediction]]
    case .multiclass, .multilabel: [[.label], [.prediction, .scores]]
    case .regression, .text, .embedding: [[.label], [.prediction]]
    case .ranking: [[.label], [.query], [.score, .rank]]
    case .forecast: [[.label], [.prediction, .lower, .members]]
    case .generation: [[.passed], [.samples, .problem]]
    case .likelihood: [[.logLikelihood], [.tokens]]
    case .losses: []
    }
  }

  /// What it may have beside.
  private var optional: [ColumnRole] {
    switch self {
    case .binary, .multiclass, .multilabel, .regression, .losses: [.weight]
    case .forecast: [.upper, .deviation, .series, .weight]
    case .likelihood: [.words, .bytes]
    case .ranking, .text, .generation, .embedding: []
    }
  }

  /// All columns that say something of its rows.
  var roles: Set<ColumnRole> { Set(required.joined() + optional) }

  /// Of which several columns may say it.
  var severals: Set<ColumnRole> {
    switch self {
    case .binary, .ranking, .generation, .likelihood, .losses: []
    case .multiclass: [.scores]
    case .multilabel: [.label, .prediction, .scores]
    case .regression, .embedding: [.label, .prediction]
    case .forecast: [.members]
    case .text: [.label]
    }
  }

  /// The metric of the task that a gate means. Throws what is wrong with how it is asked for.
  func metric(_ reference: MetricReference) throws(MetricProblem) -> MetricTraits {
    func traits<Rows: MetricRows>(_ rows: Rows.Type, isOfBoth: Bool) throws(MetricProblem) -> MetricTraits {
      let metric = try MetricRegistry.definition(reference.name.value, of: rows).metric(reference.arguments)
      return MetricTraits(page: metric.page, lackOfInterval: metric.lackOfInterval, isOfBoth: isOfBoth)
    }
    func own<Rows: PredictedRows>(_ rows: Rows.Type) throws(MetricProblem) -> MetricTraits {
      try traits(rows, isOfBoth: false)
    }
    return try comparesCalls(reference.name.value) ? traits(FlipRows.self, isOfBoth: true) : own(rows)
  }

  /// Whether the metric compares what both models call the same rows. Which class is positive is known of two.
  func comparesCalls(_ name: String) -> Bool {
    guard self == .binary || self == .multiclass,
      let flips = try? MetricRegistry.definition(name, of: FlipRows.self)
    else { return false }
    return self == .binary || flips.parameters.isEmpty
  }

  /// Why a metric cannot be computed from these columns; nil where it can, or could not from any.
  func lack(
    _ reference: MetricReference, _ columns: PredictionColumns, _ terms: PredictionTerms
  ) -> String? {
    func lack<Rows: PredictedRows>(_ rows: Rows.Type) -> String? {
      guard let metric = try? MetricRegistry.definition(reference.name.value, of: rows).metric(reference.arguments),
        let full = try? rows.specimen(nil, terms), (try? metric.value(of: full)) != nil
      else { return nil }
      do throws(Undefined) {
        _ = try metric.value(of: rows.specimen(columns, terms))
        return nil
      } catch {
        return "\(error)"
      }
    }
    return lack(rows)
  }
}

/// What there is to know about a metric with its parameters before there are rows.
struct MetricTraits: Sendable {
  var page: MetricPage
  /// Why it has no interval; nil where it may have one.
  var lackOfInterval: String?
  /// Whether it is computed from what both models say, and is no metric of one.
  var isOfBoth: Bool

  var better: BetterSide { page.better }
}
