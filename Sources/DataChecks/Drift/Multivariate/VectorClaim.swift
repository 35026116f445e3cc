internal import Planning
internal import Scan
internal import Statistics
internal import Verdict

/// Turns the vectors of a table and of its baseline into a finding.
struct VectorClaim: Sendable {
  var table: TableContext
  var column: String
  var baseline: String
  var confidence: Double
  var claim: PopulationClaim

  /// So many vectors of each side are drawn, and so many elements are learnt from.
  static let rows = 4000
  static let width = 512

  private var planned: PlannedCheck { table.planned }

  func judge(_ now: VectorSample, _ before: VectorSample) -> Finding {
    guard now.rows > 0 else { return nothing("the table has no rows") }
    guard before.rows > 0 else { return nothing("\(baseline) has no rows") }
    guard now.nulls < now.rows else { return nothing("no row has a value in \(column)") }
    guard let length = before.commonLength else {
      return nothing("\(baseline) has no list of numbers in \(column)")
    }
    let odd = [now.others] + now.lengths.filter { $0.key != length }.map(\.value)
    let violating = odd.reduce(0) { $0 + $1.count }
    var evidence = Evidence(
      counts: .init(rows: now.rows, nulls: now.nulls, evaluated: now.rows - now.nulls, violating: violating),
      method: DomainClassifier.method.name)
    guard violating == 0 else { return otherLengths(now, length, violating, &evidence) }
    if now.nulls > 0, before.nulls == 0 {
      return planned.finding(
        .failed,
        "\(Quantity(Double(now.nulls), .rows)) of \(Quantity.grouped(now.rows)) hold no vector, and all of "
          + "\(baseline) do", evidence: evidence)
    }
    guard now.notFinite.count == 0 else { return notFinite(now, &evidence) }
    let vectors = (before: before.vectors(of: length), now: now.vectors(of: length))
    evidence.notes = [
      "judged on \(Quantity.grouped(vectors.now.count)) of \(Quantity.grouped(now.rows - now.nulls)) rows here and "
        + "\(Quantity.grouped(vectors.before.count)) of \(Quantity.grouped(before.rows - before.nulls)) in \(baseline), "
        + "vectors of \(Quantity.grouped(length)) elements"
    ]
    for (sample, name) in [(vectors.now, "the table"), (vectors.before, baseline)]
    where sample.contains(where: { $0.contains { !$0.isFinite } }) {
      return planned.finding(
        .failed, "\(column) of \(name) holds vectors with elements that are no finite numbers", evidence: evidence)
    }
    return judge(vectors.before, vectors.now, &evidence)
  }

  private func judge(_ before: [[Float]], _ now: [[Float]], _ evidence: inout Evidence) -> Finding {
    let norms = VectorNorms(before, now)
    func columns(_ vectors: [[Float]]) -> [[CrossFittedArea.Value]] {
      let elements = (vectors.first ?? []).indices.map { index in
        vectors.map { CrossFittedArea.Value.number(Double($0[index])) }
      }
      return elements + norms.columns(of: vectors)
    }
    let (reference, current) = (columns(before), columns(now))
    let seed = Seed(planned.kind, before.joined().map(Double.init), now.joined().map(Double.init))
    do throws(Undefined) {
      let classifier = try DomainClassifier(
        reference: reference, current: current, confidence: confidence, seed: seed)
      evidence.notes += classifier.notes
      let width = before.first?.count ?? 0
      if classifier.area.interval.lower > 0.5, let most = classifier.contributions.first?.columns,
        most.allSatisfy({ $0 >= width })
      {
        evidence.notes.insert("told apart most of all by the norms of the vectors", at: 0)
      }
      return claim.judge(classifier.area, rows: min(before.count, now.count), evidence)
    } catch {
      return claim.finding(of: error, evidence)
    }
  }

  private func otherLengths(
    _ now: VectorSample, _ length: Int, _ violating: Int, _ evidence: inout Evidence
  ) -> Finding {
    let rows = SampleRows(files: table.files, isSensitive: false)
    let lengths = now.lengths.filter { $0.key != length }.sorted { $0.key < $1.key }
    evidence.method = "point"
    evidence.samples = lengths.prefix(5).compactMap { length, found in
      found.place.map { rows.sample($0, "\(Quantity.grouped(length)) elements") }
    }
    if let place = now.others.place { evidence.samples.append(rows.sample(place, "no list")) }
    return planned.finding(
      .failed,
      "\(Quantity(Double(violating), .rows)) of \(Quantity.grouped(now.rows - now.nulls)) hold no vector of "
        + "\(Quantity.grouped(length)) elements, as \(baseline) does", evidence: evidence)
  }

  private func notFinite(_ now: VectorSample, _ evidence: inout Evidence) -> Finding {
    let rows = SampleRows(files: table.files, isSensitive: false)
    evidence.method = "point"
    evidence.counts?.violating = now.notFinite.count
    evidence.samples = now.notFinite.place.map { [rows.sample($0, "an element that is no finite number")] } ?? []
    return planned.finding(
      .failed,
      "\(Quantity(Double(now.notFinite.count), .rows)) of \(Quantity.grouped(now.rows - now.nulls)) hold vectors with "
        + "elements that are no finite numbers", evidence: evidence)
  }

  private func nothing(_ message: String) -> Finding {
    planned.finding(.errored, message, reason: .nothingToEvaluate)
  }
}
