internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// An instant query in PromQL, and the one number that Prometheus answers it with.
///
/// The HTTP API: POST `/api/v1/query` with `query` and `time` as a form; numbers in the reply are texts.
struct PrometheusQuery: Sendable, Hashable {
  var text: String

  /// Why the query has no number. None of these is ever a pass.
  struct Problem: Error, Equatable {
    var message: String
  }

  /// A number and the moment that it is of, as Prometheus writes it.
  struct Sample: Sendable, Equatable {
    var value: Double
    var time: String
  }

  /// - Parameter time: the moment to evaluate it at, as another query's reply wrote it; nil for the server's now.
  func request(at time: String? = nil) -> RequestPlan {
    let form = "query=\(Self.escaped(text))" + (time.map { "&time=\(Self.escaped($0))" } ?? "")
    return RequestPlan(
      method: "POST", path: "/api/v1/query", headers: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array(form.utf8))
  }

  /// Everything but letters, digits and `-._~`, as RFC 3986 escapes it.
  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(Character(scalar)))
      if isPlain || "-._~".unicodeScalars.contains(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  /// The number in a reply: that of a scalar, or of a vector of one series.
  static func sample(status: Int, _ document: Result<JSONValue, Reply.Unreadable>) throws(Problem) -> Sample {
    let json: JSONValue
    switch document {
    case .success(let value): json = value
    case .failure(let unreadable): throw Problem(message: "Prometheus answered \(status), and \(unreadable.message)")
    }
    // A query that is wrong is answered with 400 or 422, and says so in JSON.
    guard json["status"]?.stringValue == "success", (200..<300).contains(status) else {
      let words = [json["errorType"]?.stringValue, json["error"]?.stringValue].compactMap { $0 }
      let said = words.isEmpty ? "" : ": \(words.joined(separator: ": "))"
      throw Problem(message: "Prometheus answered \(status)\(said)")
    }
    let result = json["data"]?["result"]
    switch json["data"]?["resultType"]?.stringValue {
    case "scalar": return try sample(result)
    case "vector":
      let series = result?.arrayValue ?? []
      guard let first = series.first else { throw Problem(message: "the result is empty: no series matches") }
      guard series.count == 1 else {
        throw Problem(message: "the result has \(series.count) series, not one: put sum(…) around the query")
      }
      guard first["histogram"] == nil else { throw Problem(message: "the result is a histogram, not a number") }
      return try sample(first["value"])
    case let type:
      throw Problem(
        message:
          "the result is a \(type ?? "thing without a type"), not a number at one moment: leave out the range […]")
    }
  }

  /// `[1700000000.123, "0.99"]`.
  private static func sample(_ pair: JSONValue?) throws(Problem) -> Sample {
    guard let pair = pair?.arrayValue, pair.count == 2, case .number(let time) = pair[0],
      let text = pair[1].stringValue
    else { throw Problem(message: "the reply has no value") }
    guard let value = Double(text) else {
      // Go writes infinities with a sign.
      throw Problem(
        message: text.hasSuffix("Inf") ? "the result is infinite" : "the result is no number: \(text.prefix(40))")
    }
    guard value.isFinite else { throw Problem(message: value.isNaN ? "the result is NaN" : "the result is infinite") }
    return Sample(value: value, time: time.literal)
  }

  static var shape: Shape<PrometheusQuery> {
    Shape<String>.string.map { text, node, problems in
      if text.unicodeScalars.contains(where: { $0 != " " && $0 != "\n" }), text.utf8.count <= 16 << 10 {
        return PrometheusQuery(text: text)
      }
      problems.report(text.isEmpty ? "the query is empty" : "the query is empty or too long", at: node.location)
      return nil
    }
  }
}

/// The same question about both sides of a canary.
struct PrometheusQueryPair: Sendable {
  var candidate = PrometheusQuery(text: "")
  var baseline = PrometheusQuery(text: "")

  /// How far they look back, in seconds.
  var window: Double { max(candidate.window, baseline.window) }

  static var shape: Shape<PrometheusQueryPair> {
    Shape<PrometheusQueryPair>.object(
      PrometheusQueryPair(),
      [
        .key("candidate", \.candidate, PrometheusQuery.shape, "PromQL about the candidate.", required: true),
        .key("baseline", \.baseline, PrometheusQuery.shape, "PromQL about the baseline.", required: true),
      ])
  }
}
