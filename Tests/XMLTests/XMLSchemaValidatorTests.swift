import Testing
import XML

@Suite struct XMLSchemaValidatorTests {
  static let validator = XMLSchemaValidator(
    xsd: Array(
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="r"><xs:complexType>
          <xs:sequence><xs:element name="n" type="xs:int" maxOccurs="unbounded"/></xs:sequence>
          <xs:attribute name="a" use="required"/>
        </xs:complexType></xs:element>
      </xs:schema>
      """.utf8))

  @Test func acceptsWhatMatches() throws {
    try Self.validator.validate(Array("<r a='1'><n>1</n><n>2</n></r>".utf8))
  }

  @Test func listsEveryComplaintWithItsLine() throws {
    let document = "<r>\n<n>1</n>\n<n>x</n>\n<m/>\n</r>"
    let error = #expect(throws: XMLError.self) { try Self.validator.validate(Array(document.utf8)) }
    guard case .invalid(let problems) = try #require(error) else { return #expect(Bool(false), "\(error!)") }
    #expect(Set(problems.map(\.line)) == [1, 3, 4])
    #expect(error?.description.contains("line 3: Element 'n'") == true)
  }

  @Test func refusesWhatCannotBeRead() {
    #expect(throws: XMLError.self) { try Self.validator.validate(Array("<r a='1'>".utf8)) }
    #expect(throws: XMLError.documentType) { try Self.validator.validate(Array("<!DOCTYPE r><r/>".utf8)) }
  }

  @Test(arguments: [
    "", "<a/>", "<xs:schema", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:x/></xs:schema>",
  ])
  func refusesBrokenSchemas(xsd: String) throws {
    let error = #expect(throws: XMLError.self) {
      try XMLSchemaValidator(xsd: Array(xsd.utf8)).validate(Array("<r/>".utf8))
    }
    guard case .badSchema = try #require(error) else { return #expect(Bool(false), "\(error!)") }
  }

  @Test func worksOnManyThreadsAtOnce() async {
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask {
          let document = Array("<r a='1'><n>\(number % 2 == 0 ? "1" : "x")</n></r>".utf8)
          return (try? Self.validator.validate(document)) != nil
        }
      }
      var valid = 0
      for await isValid in group { valid += isValid ? 1 : 0 }
      #expect(valid == 32)
    }
  }
}
