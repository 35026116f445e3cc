internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

/// Measures the gates that compare groups of rows.
struct FairnessJudge<Rows: PredictedRows>: Sendable {
  let declaration: ModelDeclaration
  let table: PredictionTable
  let candidate: Rows
  let baseline: ComparedRows<Rows>
  let clusters: Clusters?
  /// The same rows by further training runs.
  let repeats: TrainingRepeats<Rows>

  /// What decides each of the checks that compare groups.
  func measure(_ checks: [ModelCheck]) -> [CheckID: Result<GateMeasure, Obstacle>] {
    var measured: [CheckID: Result<GateMeasure, Obstacle>] = [:]
    for fairness in declaration.fairness {
      let own = checks.filter { $0.fairness?.name == fairness.name }
      do throws(Obstacle) {
        let groups = try groups(of: fairness)
        let (mine, theirs, runs) = try rows(fairness, groups)
        let clusters = groups.kept.map { kept in self.clusters?.elements(at: kept) } ?? self.clusters
        var measurer = MetricMeasurer(candidate: candidate, baseline: baseline.rows, clusters: clusters)
        measurer.recorded = baseline.recorded
        for check in own where measured[check.planned.id] == nil {
          measured[check.planned.id] = Result { () throws(Obstacle) in
            try baseline.require(for: check, declaration.baseline)
            var measure = try measurer.measure(check, of: mine, theirs, repeats: runs)
            measure.notes += notes(mine, check, clusters) + groups.notes
            return measure
          }
        }
      } catch {
        for check in own { measured[check.planned.id] = .failure(error) }
      }
    }
    return measured
  }

  // MARK: - Groups

  private struct Groups {
    var names: [String]
    /// The rows that are of a group; nil where all are.
    var kept: [Int]?
    /// Of each of them its group.
    var places: [Int]
    var notes: [String]
  }

  private func groups(of fairness: FairnessDeclaration) throws(Obstacle) -> Groups {
    guard let by = fairness.by else { throw Obstacle(message: "there are no groups") }
    let slicing: Slicing
    do throws(RowProblem) {
      slicing = try Slicing(
        by, of: table, fewest: fairness.minRows?.value ?? declaration.minRows?.value ?? 100,
        sensitive: declaration.predictions.sensitive)
    } catch {
      throw error.obstacle
    }
    if let absent = slicing.absent.first {
      throw Obstacle(outcome: .failed, message: "no row of the groups by \(by.name) has \"\(absent.value)\"")
    }
    guard slicing.slices.count > 1 else {
      throw Obstacle(
        reason: .nothingToEvaluate,
        message: (slicing.small.isEmpty ? "all rows are" : "all rows but those of small groups are")
          + " of one group (\(slicing.slices[0].name)), so there is nothing to compare",
        notes: slicing.notes)
    }
    guard slicing.slices.count <= ContrastEffect.mostGroups else {
      throw Obstacle(
        reason: .limit,
        message: "\(slicing.slices.count) groups are more than the \(ContrastEffect.mostGroups) that are compared",
        notes: ["a larger min_rows: pools the small ones"])
    }
    let ofAll = slicing.places(of: table.columns.rows)
    let kept = ofAll.indices.filter { ofAll[$0] >= 0 }
    // Of one column the value says it all.
    let prefix = by.columns.count == 1 ? "\(by.columns[0].name?.value ?? "") = " : ""
    let names = slicing.slices.map { $0.name.hasPrefix(prefix) ? String($0.name.dropFirst(prefix.count)) : $0.name }
    return Groups(
      names: names, kept: kept.count < ofAll.count ? kept : nil, places: kept.map { Int(ofAll[$0]) },
      notes: slicing.notes)
  }

  /// The rows of both sides with their groups.
  private func rows(
    _ fairness: FairnessDeclaration, _ groups: Groups
  ) throws(Obstacle) -> (candidate: FairnessRows, baseline: FairnessRows?, repeats: TrainingRepeats<FairnessRows>) {
    let favourable = fairness.favourable?.value
    if let favourable, let label = declaration.columns(of: declaration.candidate).label,
      let words = table.columns.words(label.value)?.words, !words.contains(favourable)
    {
      throw Obstacle(
        outcome: .failed, message: "no row of \(table.name) has the favourable label \"\(favourable)\"")
    }
    func rows(_ rows: Rows) throws(Obstacle) -> FairnessRows {
      do throws(RowProblem) {
        let outcomes = try rows.outcomes(favourable: favourable, declaration.predictions)
        do throws(Undefined) {
          return try FairnessRows(
            rows: groups.kept.map { outcomes.rows(at: $0) } ?? outcomes, names: groups.names, groups: groups.places)
        } catch {
          throw RowProblem(message: "\(error)")
        }
      } catch {
        throw error.obstacle
      }
    }
    let mine = try rows(candidate)
    var theirs: FairnessRows?
    if let baseline = baseline.rows { theirs = try rows(baseline) }
    var runs = TrainingRepeats<FairnessRows>()
    for run in repeats.candidates { runs.candidates.append(try rows(run)) }
    for run in repeats.baselines { runs.baselines.append(try rows(run)) }
    return (mine, theirs, runs)
  }

  /// What the metric is made of, group by group.
  private func notes(_ rows: FairnessRows, _ check: ModelCheck, _ clusters: Clusters?) -> [String] {
    guard let reference = check.entry.reference,
      let metric = try? MetricRegistry.definition(reference.name.value, of: FairnessRows.self).metric(
        reference.arguments),
      case .contrasts(let contrasts)? = try? metric.evidence(of: rows)
    else { return [] }
    let groups = GroupTable(contrasts, clusters, confidence: check.entry.confidence?.value).notes
    return (repeats.candidates.isEmpty ? [] : ["the groups by the first training run:"]) + groups
  }
}
