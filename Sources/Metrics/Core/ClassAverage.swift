internal import Statistics

/// How the scores of several classes become one.
struct ClassAverage: Sendable {
  enum Mode: String, Sendable {
    /// The plain mean over the classes.
    case macro
    /// One score of all classes' decisions together.
    case micro
    /// The mean over the classes, each with the weight of its rows.
    case weighted
    /// The mean over the rows, each with its own score over the labels.
    case samples
  }

  var mode: Mode
  /// The one class that is asked for.
  var only: String?
  /// The classes that count; nil for all.
  var labels: [String]?
  var conventions: Conventions

  static let averages = MetricParameter(
    "average", .choice(["macro", "micro", "weighted"]), or: .word("macro"),
    "How classes become one number: the mean over classes (macro), all decisions together (micro), or the mean with each class's weight (weighted)."
  )
  static let averagesWithSamples = MetricParameter(
    "average", .choice(["macro", "micro", "weighted", "samples"]), or: .word("macro"),
    "How labels become one number: the mean over labels (macro), all decisions together (micro), the mean with each label's weight (weighted), or the mean over rows (samples)."
  )
  static let one = MetricParameter("class", .word, "One class alone, against all others.")
  static let some = MetricParameter("labels", .words, "The classes that count; without it, all.")

  init(_ arguments: MetricArguments) throws(MetricProblem) {
    mode = Mode(rawValue: try arguments.word(Self.averages)) ?? .macro
    if case .word(let name)? = arguments[Self.one] { only = name }
    if case .words(let names)? = arguments[Self.some] { labels = names }
    conventions = arguments.conventions
  }

  /// The indices of the classes that count.
  func selection(_ names: [String]) throws(Undefined) -> [Int] {
    guard let chosen = only.map({ [$0] }) ?? labels else { return Array(names.indices) }
    var indices: [Int] = []
    for name in chosen {
      guard let index = names.firstIndex(of: name) else {
        throw .outsideDomain("there is no class \"\(name)\"")
      }
      indices.append(index)
    }
    return indices
  }

  /// The average of a function of each class's confusion matrix.
  func value(
    _ matrices: [ConfusionMatrix], _ names: [String],
    _ function: (ConfusionMatrix, Conventions) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    let chosen = try selection(names)
    guard mode == .micro, only == nil else {
      return try mean(of: chosen, names, weights: { matrices[$0].positives }) { place throws(Undefined) in
        try function(matrices[place], conventions)
      }
    }
    let cells = (0..<4).map { cell in chosen.map { matrices[$0].cells[cell] }.compensatedSum }
    return try function(ConfusionMatrix(cells: cells), conventions)
  }

  /// The mean of a function of each chosen class. Where the function is undefined, so is the mean, unless such classes
  /// are skipped.
  func mean(
    of chosen: [Int], _ names: [String], weights: (Int) -> Double, _ function: (Int) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    if only != nil, let place = chosen.first { return try function(place) }
    var (scores, chosenWeights): ([Double], [Double]) = ([], [])
    for place in chosen {
      do throws(Undefined) {
        scores.append(try function(place))
        chosenWeights.append(mode == .weighted ? weights(place) : 1)
      } catch {
        if conventions.zeroDivision == .skipped { continue }
        throw .outsideDomain("class \(names[place]): \(error)")
      }
    }
    return try Self.mean(scores, chosenWeights)
  }

  /// The weighted mean; the plain one when no score has a weight, as scikit-learn has it.
  static func mean(_ scores: [Double], _ weights: [Double]) throws(Undefined) -> Double {
    guard !scores.isEmpty else { throw .noObservations }
    let total = weights.compensatedSum
    guard total > 0 else { return scores.compensatedSum / Double(scores.count) }
    return zip(scores, weights).map { $0 * $1 }.compensatedSum / total
  }
}
