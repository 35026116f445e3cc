import Language
import Testing
import Verdict

private struct Server: Equatable {
  var host = "localhost"
  var port = 80
  var timeout: Quantity?
  var paths: [String] = []
  var limits = Limits()
}

private func serverShape() -> Shape<Server> {
  .object(
    Server(),
    [
      .key("host", \.host, .string, "The machine."),
      .key("port", \.port, .integer(in: 1...65535), "The port.", required: true),
      .optional("timeout", \.timeout, .duration, "How long to wait."),
      .each("path", .string, "A path.") { path, _, server in server.paths.append(path) },
    ] + Shape<Limits>.keys(\.limits, of: .duration, equals: false),
    check: { server, node, problems in
      if server.host == "nowhere" { problems.report("nobody is there", at: node.location) }
    })
}

@Suite struct ObjectShapeTests {
  @Test func keysLandInTheirPlaces() {
    let node = mapping(["port": plain("8080"), "path": plain("/a"), "timeout": plain("2s"), "at_most": plain("1s")])
    let (server, problems) = decode(serverShape(), node)
    #expect(problems.isEmpty)
    #expect(server?.port == 8080)
    #expect(server?.host == "localhost")
    #expect(server?.timeout == Quantity(2, .seconds))
    #expect(server?.paths == ["/a"])
    #expect(server?.limits.bound == .atMost(Quantity(1, .seconds)))
    #expect(server?.limits.atMost?.location == place(1, 10))
  }

  @Test func everythingWrongIsReportedAtOnceInTheOrderOfTheFile() {
    let node = mapping(
      [
        "hots": plain("a"), "timeout": plain("5", line: 4), "prt": plain("1"), "host": list(line: 6), "zzz": plain("1"),
      ], line: 3)
    let (server, problems) = decode(serverShape(), node)
    #expect(server == nil)
    #expect(
      problems == [
        "3:1 unknown key \"hots\" [did you mean \"host\"?]",
        "4:10 expected a duration such as 500ms, 30s or 24h, found \"5\"",
        "5:1 unknown key \"prt\" [did you mean \"port\"?]",
        "6:1 expected text, found a list",
        "7:1 unknown key \"zzz\"",
        "3:1 the key \"port\" is missing here",
      ])
  }

  @Test func unknownKeysWithoutANearOneListWhatIsAllowed() {
    let diagnostic = unknownKey(.init(key: "zzz", keyLocation: place(2), value: plain("1")), among: ["host", "port"])
    #expect(diagnostic.location == place(2))
    #expect(diagnostic.help == ["allowed here: host, port"])
    let many = unknownKey(
      .init(key: "???", keyLocation: place(2), value: plain("1")), among: (1...40).map { "key\($0)" })
    #expect(many.help.first?.hasSuffix("key12, …") == true)
  }

  @Test func aColonWithoutASpaceIsNamed() {
    let entry = Node.Entry(key: "host:a", keyLocation: place(2), value: plain(""))
    #expect(unknownKey(entry, among: ["host"]).help == ["a colon needs a space behind it: host: a"])
    let other = Node.Entry(key: "x:a", keyLocation: place(2), value: plain(""))
    #expect(unknownKey(other, among: ["host"]).help == ["allowed here: host"])
  }

  /// Within braces a comma ends an expression that is not quoted.
  @Test func aCommaThatEndedTheValueIsNamed() {
    var place = place(1, 23)
    place.lineText = "- {expect: coalesce(a, 0) > 0}"
    let diagnostic = unknownKey(.init(key: "0) > 0", keyLocation: place, value: plain("")), among: ["expect", "when"])
    #expect(diagnostic.label == "the comma before this ends the value")
    #expect(diagnostic.help.first?.contains("in double quotes") == true)
    place.column = 4
    #expect(unknownKey(.init(key: "0", keyLocation: place, value: plain("")), among: ["expect"]).label == nil)
  }

  @Test func aNumberInPlaceOfALimitIsShownAsOne() {
    var problems = Problems()
    _ = Shape<Limits>.limits(of: .rows).decode(plain("100"), &problems)
    #expect(problems.diagnostics.first?.help == ["a limit says which one it is: {at_least: 100}"])
  }

  @Test func whatIsNoMappingIsNamed() {
    #expect(
      decode(serverShape(), plain("x")).problems == [
        "1:10 expected a mapping with keys such as \"host\", \"port\", \"timeout\", found \"x\""
      ])
  }

  @Test func theWholeIsCheckedOnlyWhenItsPartsAreSound() {
    #expect(
      decode(serverShape(), mapping(["host": plain("nowhere"), "port": plain("1")])).problems == ["1:1 nobody is there"]
    )
    #expect(
      decode(serverShape(), mapping(["host": plain("nowhere"), "port": plain("0")])).problems.count == 1)
  }

  @Test func anUnavailableValueSpoilsTheWholeWithoutAnotherMessage() {
    var port = plain("${PORT}")
    port.origin = .unavailable
    let node = mapping(["host": plain("nowhere"), "port": port])
    let (server, problems) = decode(serverShape(), node)
    #expect(server == nil)
    #expect(problems.isEmpty)
    #expect(decode(serverShape().list, list(node)).value == nil)
  }

  @Test func theSameBrokenValueTwiceSpoilsBothUses() {
    let broken = mapping(["port": plain("x")])
    let (servers, problems) = decode(serverShape().list, list(broken, broken))
    #expect(servers == nil)
    #expect(problems.count == 1)
  }

  @Test func listsReportEveryElement() {
    let (value, problems) = decode(
      Shape<Int>.integer().list, list(plain("a", line: 1), plain("2", line: 2), plain("c", line: 3)))
    #expect(value == nil)
    #expect(problems.map { $0.prefix(4) } == ["1:10", "3:10"])
    #expect(decode(Shape<Int>.integer().list, list()).value == [])
    #expect(decode(Shape<Int>.integer().list, plain("1")).problems == ["1:10 expected a list, found \"1\""])
  }

  @Test func oneStandsForAListOfOne() {
    let shape = Shape<Int>.integer().oneOrMany
    #expect(decode(shape, plain("1")).value == [1])
    #expect(decode(shape, list(plain("1"), plain("2"))).value == [1, 2])
    #expect(decode(shape, plain("x")).problems.count == 1)
  }

  @Test(arguments: ["", " ", "\t"])
  func subjectsHaveNames(name: String) throws {
    let node = mapping(["b": plain("1"), name: plain("2")], line: 5)
    let problems = decode(Shape<Int>.integer().subjects, node).problems
    #expect(problems.count == 1 && problems[0].hasPrefix("6:") && problems[0].hasSuffix("a name is missing"))
    #expect(decode(Shape<Int>.integer().dictionary, node).problems.isEmpty)
  }

  @Test func dictionariesKeepTheOrderAndThePlaceOfNames() throws {
    let node = mapping(["b": plain("1"), "a": plain("2")], line: 5)
    let value = try #require(decode(Shape<Int>.integer().dictionary, node).value)
    #expect(value.map(\.name.value) == ["b", "a"])
    #expect(value.map(\.name.location.line) == [5, 6])
    #expect(value.map(\.value) == [1, 2])
    #expect(decode(Shape<Int>.integer().dictionary, plain("1")).problems == ["1:10 expected a mapping, found \"1\""])
  }

  @Test func shortAndLongFormsStandBesideEachOther() {
    let short = Shape<Int>.integer().map { Server(port: $0) }
    let shape = serverShape().when(\.isMapping, otherwise: short)
    #expect(decode(shape, plain("81")).value?.port == 81)
    #expect(decode(shape, mapping(["port": plain("82")])).value?.port == 82)
    #expect(decode(shape, list()).problems == ["1:1 expected a whole number of at least 0, found a list"])
  }

  @Test func aHostileConfigEndsAtTheLimitOfProblems() {
    let nodes = (1...1000).map { plain("x", line: $0) }
    var problems = Problems()
    #expect(Shape<Int>.integer().list.decode(Node(.sequence(nodes), at: place(1)), &problems) == nil)
    #expect(problems.diagnostics.count == Problems.limit)
    #expect(problems.failures == 1000)
  }
}
