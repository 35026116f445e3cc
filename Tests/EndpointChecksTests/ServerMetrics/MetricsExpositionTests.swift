import TestSupport
import Testing

@testable import EndpointChecks

/// The text format of metrics: what the specifications show, and what nobody should send.
@Suite struct MetricsExpositionTests {
  private func samples(_ text: String) throws -> [MetricsExposition.Sample] {
    try MetricsExposition(Array(text.utf8)).samples
  }

  /// The example of prometheus.io/docs/instrumenting/exposition_formats.
  private static let example = #"""
    # HELP http_requests_total The total number of HTTP requests.
    # TYPE http_requests_total counter
    http_requests_total{method="post",code="200"} 1027 1395066363000
    http_requests_total{method="post",code="400"}    3 1395066363000

    # Escaping in label values:
    msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9

    # Minimalistic line:
    metric_without_timestamp_and_labels 12.47

    # A weird metric from before the epoch:
    something_weird{problem="division by zero"} +Inf -3982045

    http_request_duration_seconds_bucket{le="+Inf"} 144320
    rpc_duration_seconds{quantile="0.01", } NaN
    """#

  @Test func theExampleOfTheFormatIsRead() throws {
    let found = try samples(Self.example)
    #expect(found.map(\.name).count == 7)
    #expect(
      found[2].labels == ["path": #"C:\DIR\FILE.TXT"#, "error": "Cannot find file:\n\"FILE.TXT\""])
    #expect(found[2].value == 1_458_255_915 && found[3].value == 12.47)
    #expect(found[4].value == .infinity && found[6].value.isNaN && found[6].labels == ["quantile": "0.01"])
  }

  @Test func openMetricsIsReadAsFarAsItDiffers() throws {
    let found = try samples(
      "# TYPE foo counter\n# UNIT foo seconds\nfoo_total{a=\"b\"} 17.0 1520879607.789 # {trace_id=\"x\"} 0.67\r\nfoo_created 1\n# EOF\n"
    )
    #expect(found == [.init(name: "foo_total", labels: ["a": "b"], value: 17), .init(name: "foo_created", value: 1)])
  }

  @Test(arguments: [
    (#"nv_inference_request_success{model="m"}"#, 30.0), (#"nv_inference_request_success"#, 37.0),
    (#"nv_inference_request_success{version="2", model="m",}"#, 20.0),
    (#"nv_inference_request_success{model="x"}"#, nil),
    (#"nv_inference_request_success{other=""}"#, nil), ("nv_inference", nil),
  ])
  func selectorsAddUpWhatTheySelect(_ text: String, _ sum: Double?) throws {
    let exposition = try MetricsExposition(
      Array(
        """
        nv_inference_request_success{model="m",version="1"} 10
        nv_inference_request_success{model="m",version="2"} 20
        nv_inference_request_success{model="n",version="1"} 7
        """.utf8))
    var scanner = MetricsExposition.Scanner(Array(text.utf8)[...])
    let selector = try MetricSelector(&scanner)
    #expect(exposition.sum(selector) == sum)
  }

  @Test(arguments: [
    ("ok 1\nbad", 2, "bad has no number behind it"),
    ("{a=\"b\"} 1", 1, "this does not begin with the name of a metric"),
    ("a{b=\"c} 1", 1, "does not end"), ("a{b=c} 1", 1, "double quotes"), ("a{b} 1", 1, "has no value"),
    ("a{b=\"c\"", 1, "do not end"), ("a 1 2 3", 1, "has more behind its value than a time"), ("a 1 x", 1, "no time"),
    ("a one", 1, "has no number"), ("a 0x10", 1, "has no number"), ("<html>", 1, "does not begin with the name"),
    ("a1 ", 1, "has no number"), ("\u{0}", 1, "does not begin"), ("1a 2", 1, "does not begin"),
  ])
  func whatIsNoneIsToldByItsLine(_ text: String, _ line: Int, _ words: String) {
    do throws(MetricsExposition.Problem) {
      _ = try MetricsExposition(Array(text.utf8))
      Issue.record("\(text) was read")
    } catch {
      #expect(error.line == line && error.message.contains(words), "\(error)")
    }
  }

  /// Whatever comes, it is read or refused.
  @Test func noBytesBreakIt() {
    var random = SeededGenerator(seed: 4)
    let start = Array(Self.example.utf8)
    var refused = 0
    for _ in 0..<2000 {
      var bytes = start
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
      if (try? MetricsExposition(bytes)) == nil { refused += 1 }
    }
    #expect((1..<2000).contains(refused))
  }
}
