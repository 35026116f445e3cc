internal import Baselines
internal import JSON
internal import Language
internal import Scan
internal import Verdict

/// Reads the number that a budget is about.
struct BudgetReader {
  let context: RunContext

  /// What is wrong with a JSONPath; nil for a good one that selects one value at most.
  static func problem(of path: String) -> String? {
    do throws(JSONPathError) {
      let parsed = try JSONPath(path, patterns: NoPatterns())
      return parsed.isSingular ? nil : "the path may select several values: write one that names a single one"
    } catch {
      return "\(error)"
    }
  }

  func value(_ source: Budget.Source) throws(Obstacle) -> Quantity {
    switch source {
    case .size(let file):
      let (name, path) = PredictionTable.resolve(file, context)
      let bytes: Int
      do throws(FileError) {
        bytes = try FileSize.bytes(at: path)
      } catch {
        throw Obstacle(reason: .io, message: error.message(for: name))
      }
      guard bytes > 0 else {
        throw Obstacle(reason: .nothingToEvaluate, message: "\(name) holds not one byte, which is no model")
      }
      return Quantity(Double(bytes), .bytes)
    case .json(let file, let path): return Quantity(try number(file, path.value))
    case .report(let file, let check): return try observed(file, check.value)
    }
  }

  private func number(_ file: Located<String>, _ path: String) throws(Obstacle) -> Double {
    let (name, document) = try document(file)
    let nodes: [JSONPathNode]
    do {
      nodes = try JSONPath(path, patterns: NoPatterns()).nodes(in: document)
    } catch {
      throw Obstacle(reason: .undefined, message: "\(path) cannot be evaluated in \(name): \(error)")
    }
    guard let value = nodes.first?.value else {
      throw Obstacle(outcome: .failed, message: "\(name) has nothing at \(path)")
    }
    guard let number = value.doubleValue, number.isFinite else {
      throw Obstacle(reason: .undefined, message: "what \(name) has at \(path) is no finite number")
    }
    return number
  }

  /// What a check of a report saw, unless it could not be evaluated.
  private func observed(_ file: Located<String>, _ check: String) throws(Obstacle) -> Quantity {
    let (name, document) = try document(file)
    guard document["schema_version"] != nil, let checks = document["checks"]?.arrayValue else {
      throw Obstacle(
        reason: .io, message: "\(name) is no report of a run",
        notes: ["write one with cupel run --report json=\(name)"])
    }
    let identities = checks.compactMap { $0["id"]?.stringValue }
    guard let found = checks.first(where: { $0["id"]?.stringValue == check }) else {
      throw Obstacle(
        outcome: .failed, message: "\(name) has no check \(check)",
        notes: nearest(check, among: identities).map { ["did you mean \"\($0)\"?"] } ?? [])
    }
    guard let observed = found["observed"], let number = observed["value"]?.doubleValue, number.isFinite else {
      let outcome = found["outcome"]?.stringValue ?? "unknown"
      throw Obstacle(reason: .nothingToEvaluate, message: "\(check) observed no number in \(name): it is \(outcome)")
    }
    return Quantity(number, observed["unit"]?.stringValue.flatMap(Quantity.Unit.init(rawValue:)) ?? .none)
  }

  private func document(_ file: Located<String>) throws(Obstacle) -> (name: String, JSONValue) {
    let (name, path) = PredictionTable.resolve(file, context)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try LocalFile.read(path).bytes
    } catch {
      throw Obstacle(reason: .io, message: error.message(for: name))
    }
    do throws(JSONError) {
      return (name, try JSONParser.parse(bytes, mode: .lenient))
    } catch {
      throw Obstacle(reason: .io, message: "\(name) is not valid JSON: \(error)")
    }
  }
}

/// A path to one value has no filters, and so no patterns.
private struct NoPatterns: JSONPathPatterns {
  func matches(_ text: String, pattern: String, full: Bool) -> Bool? { nil }
}
