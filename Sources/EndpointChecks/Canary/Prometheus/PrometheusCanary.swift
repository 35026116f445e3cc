internal import Language
internal import Statistics
internal import Transport
internal import Verdict

/// A canary by what Prometheus measures of live traffic, looked at in intervals.
///
/// Counters are judged exactly, as events that come independently. A number is judged as a sequence of observations, one a
/// look, by the sequential t-test: its window is no longer than the interval, so that looks do not overlap,
/// and looks that resemble those before them count for fewer: see ``EffectiveCount``.
struct PrometheusCanary: Sendable {
  var url: Located<EndpointURL>?
  var headers: [HTTPHeaders.Field] = []
  var every = Quantity(30, .seconds)
  /// How often it is looked at most, or for how long.
  private var most: Int?
  private var duration: Located<Quantity>?
  var guards: [PrometheusGuard] = []

  static var shape: Shape<PrometheusCanary> {
    Shape<PrometheusCanary>.object(
      PrometheusCanary(),
      [
        .key("url", \.url, Shape<EndpointURL>.endpointURL.located.optional, "Where Prometheus is.", required: true),
        .key("headers", \.headers, .headerFields, "Headers sent to it: {Authorization: …}."),
        .key("every", \.every, .positiveDuration, "The time between looks; 30s."),
        .optional("looks", \.most, .integer(in: looksAllowed), "How often it is looked at most; 20."),
        .optional(
          "duration", \.duration, Shape<Quantity>.positiveDuration.located,
          "How long it is looked at, instead of looks: from the first to the last."),
        .key("guards", \.guards, PrometheusGuard.shape.list, "What is compared.", required: true),
      ]
    ) { canary, node, problems in
      if let url = canary.url, url.value.port == nil {
        problems.report("Prometheus is not started here, so write its port", at: url.location)
      }
      if let duration = canary.duration {
        if canary.most != nil {
          problems.report("looks and duration say the same, so write one of them", at: duration.location)
        } else if !looksAllowed.contains(canary.looks) {
          problems.report(
            "a duration of \(duration.value) with a look every \(canary.every) is not "
              + "\(looksAllowed.lowerBound) to \(Quantity.grouped(looksAllowed.upperBound)) looks",
            at: duration.location)
        }
      }
      if canary.guards.isEmpty { problems.report("no guard is written, so nothing would be judged", at: node.location) }
      for guarded in canary.guards {
        guard let window = guarded.value?.window, window > canary.every.value else { continue }
        let length = Quantity(window, .seconds)
        problems.report(
          "a query looks back \(length), and looks come every \(canary.every): they would overlap",
          at: guarded.id?.location ?? node.location,
          help: [
            "the test takes looks as independent, and would alarm far more often than it says: write every: \(length), "
              + "or shorter ranges", "counters, as failures: {…} and total: {…}, need no range at all",
          ])
      }
      var seen: Set<String> = []
      for guarded in canary.guards {
        guard let id = guarded.id, !seen.insert(id.value).inserted else { continue }
        problems.report("two guards are called \"\(id.value)\"", at: id.location)
      }
    }
  }

  private static let looksAllowed = 2...10_000

  /// How often it is looked at most: at the beginning, and after each interval within the duration.
  var looks: Int {
    guard let duration else { return most ?? 20 }
    // A quotient of decimals may be a little too small.
    return 1 + Int(min(duration.value.value / every.value + 1e-9, 1e9))
  }

  var claims: [ProbingClaim] {
    guards.map { ProbingClaim(name: $0.id?.value ?? "value", location: $0.margin?.location) }
  }

  /// Looks until a guard has failed, all have passed, or there are no more looks.
  func judge(_ inquiry: inout Inquiry, confidence: Double) async -> [Judgement] {
    guard let url = url?.value else { return [] }
    var declaration = EndpointDeclaration()
    (declaration.headers, declaration.timeout, declaration.secrets) = (
      headers, inquiry.declaration.timeout, inquiry.declaration.secrets
    )
    declaration.connection = inquiry.declaration.connection.withoutIdentity
    var prometheus = inquiry.beside(declaration, at: url)
    defer { inquiry.count(prometheus) }
    var watches: [PrometheusWatch] = []
    do throws(Undefined) {
      let each = 1 - (1 - confidence) / Double(guards.count)
      for guarded in guards { watches.append(try PrometheusWatch(guarded, confidence: each, expecting: looks)) }
    } catch {
      return all(Judgement(.errored, error.description, reason: .undefined))
    }
    for look in 1...looks {
      if look > 1, (try? await Task.sleep(for: every.duration)) == nil { break }
      if let obstacle = await take(&watches, &prometheus) { return obstacle }
      let known = watches.map { (try? $0.effect())?.holds }
      if known.contains(false) || known.allSatisfy({ $0 == true }) { break }
    }
    return judgements(watches, confidence)
  }

  /// One look: all queries of all guards, as of the same moment.
  private func take(_ watches: inout [PrometheusWatch], _ prometheus: inout Inquiry) async -> [Judgement]? {
    var time: String?
    for index in watches.indices {
      var numbers: [Double] = []
      for query in watches[index].claim.queries {
        let transcript = await prometheus.send(query.request(at: time))
        if let error = transcript.failure {
          var judgement = Judgement(.errored, "Prometheus: \(error)", reason: .transport)
          judgement.decisive = transcript
          return all(judgement)
        }
        guard let reply = prometheus.reply(of: transcript) else { continue }
        do throws(PrometheusQuery.Problem) {
          let sample = try PrometheusQuery.sample(status: reply.response.status, reply.document)
          time = time ?? sample.time
          numbers.append(sample.value)
        } catch {
          return all(problem("\(error.message), for \(reply.excerpt(query.text))", transcript))
        }
      }
      do throws(PrometheusQuery.Problem) {
        try watches[index].take(numbers)
      } catch {
        return all(problem(error.message, nil))
      }
    }
    return nil
  }

  private func problem(_ message: String, _ transcript: Transcript?) -> Judgement {
    var judgement = Judgement(.errored, message, reason: .nothingToEvaluate)
    judgement.decisive = transcript
    return judgement
  }

  private func all(_ judgement: Judgement) -> [Judgement] {
    guards.indices.map { $0 == 0 ? judgement : .dependent }
  }

  private func judgements(_ watches: [PrometheusWatch], _ confidence: Double) -> [Judgement] {
    let level = Quantity(confidence, .share)
    let shared = watches.count > 1 ? ", which \(watches.count) guards share (Bonferroni)" : ""
    let notes = [
      "looked \(watches.first?.looks ?? 0) times, every \(every): all intervals of all looks hold together with "
        + "\(level)\(shared)"
    ]
    let judgements = watches.map { watch in
      do throws(Undefined) {
        return try watch.effect().judgement(watch.counts, notes: notes + [watch.remark].compactMap { $0 })
      } catch {
        return watch.counts.evaluated == 0
          ? Judgement(
            .errored, "the counters of a side did not grow in \(watch.looks) looks: no traffic",
            reason: .nothingToEvaluate, evidence: Evidence(counts: watch.counts, notes: notes))
          : Judgement(
            .inconclusive,
            "\(error), after \(watch.looks) looks"
              + (watch.claim.value == nil ? "" : "; counters, as failures and total, would decide"),
            evidence: Evidence(counts: watch.counts, method: "sequential", notes: notes))
      }
    }
    return CanaryWatch.stopped(judgements, claims.map(\.name), after: "\(watches.first?.looks ?? 0) looks")
  }
}
