internal import JSON
internal import Transport

extension Inquiry {
  /// The inference that shows that the endpoint is ready: about a row that the config has for a check. Rows that are made
  /// up show nothing, because a good server may refuse them.
  mutating func firstInference() async -> Readiness.Inference {
    let nothing = "no inference was asked: "
    guard preset.sendsRows else { return .none(nothing + "the protocol sends none, and no infer is written") }
    guard declaration.headers.allSatisfy({ !CaptureReference.areIn($0.value) }) else {
      return .none(nothing + "its headers need values that are captured later")
    }
    let asking = declaration.entries.lazy.compactMap { entry -> (any ProbingCheck)? in
      if case .probing(let check) = entry.content, check.sendsRows { check } else { nil }
    }.first { $0.options.rows != nil || declaration.rows != nil }
    guard asking != nil || declaration.rows != nil else {
      return .none(nothing + "the config has neither rows nor an infer for it")
    }
    let options = asking?.options ?? ProbingOptions()
    do throws(Complaint) {
      let features = try await rows(options, leavingOut: asking?.otherColumns ?? []).features
      // A row with nulls may be one that is to be refused.
      let whole = (0..<features.count).first { row in features.columns.allSatisfy { $0.values[row].kind != "null" } }
      let row = features.rows([whole ?? 0])
      let request = try preset.request(for: row, encoding(options), try? await signature().get())
      return .probe(
        .reading(EndpointPlan.inferenceProbe, request) { [preset] reply in Self.state(of: reply, preset) })
    } catch {
      return .none(nothing + error.judgement(wasReached: true).message)
    }
  }

  /// Statuses that stay however long one waits: of who asks, how, and in which form. While they load their models servers
  /// answer with nearly any other one: MLServer and Triton with 400, gateways with redirections and pages.
  private static let lasting: Set<Int> = [401, 403, 405, 406, 411, 413, 414, 415, 431, 501]

  private static func state(of reply: Reply, _ preset: any ServingProtocol) -> Probe.State {
    let status = reply.response.status
    guard (200..<300).contains(status) else { return lasting.contains(status) ? .never : .notYet }
    do throws(Complaint) {
      _ = try preset.predictions(in: reply, about: 1)
      return .ready
    } catch {
      return .waiting(error.words)
    }
  }
}
