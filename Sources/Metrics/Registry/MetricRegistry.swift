/// Every metric: one line each, by task.
package enum MetricRegistry {
  /// The metric of that name or alias for rows of the type.
  package static func definition<Rows: MetricRows>(
    _ name: String, of rows: Rows.Type = Rows.self
  ) throws(MetricProblem) -> MetricDefinition<Rows> {
    let word = spelled(name)
    if let found = Rows.metrics.first(where: { $0.page.name == word || $0.page.aliases.contains(word) }) {
      return found
    }
    let tasks = MetricTask.allCases.filter { task in pages(of: task).contains { answers($0, to: word) } }
    throw .unknownMetric(name, task: Rows.task, nearest: nearest(to: word, of: Rows.task), tasks: tasks)
  }

  /// The page of a metric by its name or alias, whatever its task.
  package static func page(_ name: String) -> MetricPage? {
    let word = spelled(name)
    return byTask.lazy.compactMap { $0.pages.first { answers($0, to: word) } }.first { _ in true }
  }

  /// The pages of a task's metrics in the order of the registry.
  package static func pages(of task: MetricTask) -> [MetricPage] {
    byTask.first { $0.task == task }?.pages ?? []
  }

  /// The parameters of a metric of the task by its name or alias; none when there is no such metric.
  package static func parameters(of name: String, _ task: MetricTask) -> [MetricParameter] {
    let word = spelled(name)
    guard let entry = byTask.first(where: { $0.task == task }),
      let place = entry.pages.firstIndex(where: { answers($0, to: word) })
    else { return [] }
    return entry.parameters[place] + [.sklearnCompat]
  }

  /// All pages, each once, in the order of the tasks.
  package static let pages: [MetricPage] = byTask.flatMap(\.pages).reduce(into: []) { pages, page in
    if !pages.contains(where: { $0.name == page.name }) { pages.append(page) }
  }

  /// The name of the task's metrics that is nearest to a word, when one is near.
  package static func nearest(to word: String, of task: MetricTask) -> String? {
    let word = spelled(word)
    let names = pages(of: task).map(\.name)
    let distances = names.map { (name: $0, distance: EditDistance.between(Array($0.utf8), Array(word.utf8))) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, word.utf8.count / 3) ? best.name : nil
  }

  private typealias Entry = (task: MetricTask, pages: [MetricPage], parameters: [[MetricParameter]])

  // Asked lazily: the tables of all tasks cost a millisecond, and a gate needs those of one.
  private static var byTask: some Sequence<Entry> { rows.lazy.map { entry($0) } }

  private static let rows: [any MetricRows.Type] = [
    BinaryRows.self, MulticlassRows.self, MultilabelRows.self, RegressionRows.self, ForecastRows.self,
    RankingRows.self, TextRows.self, GenerationRows.self, LikelihoodRows.self, EmbeddingRows.self, FlipRows.self,
    FairnessRows.self,
  ]

  private static func entry<Rows: MetricRows>(_ rows: Rows.Type) -> Entry {
    (Rows.task, Rows.metrics.map(\.page), Rows.metrics.map(\.parameters))
  }

  private static func answers(_ page: MetricPage, to word: String) -> Bool {
    page.name == word || page.aliases.contains(word)
  }

  private static func spelled(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}
