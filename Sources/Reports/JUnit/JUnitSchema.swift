/// The schema of the JUnit reports, as it also stands in `rules/junit.xsd`: every report is held against it before it
/// replaces an earlier one, without looking for a file.
package enum JUnitSchema {
  package static let text = #"""
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- The JUnit dialect that Cupel writes: what the Jenkins xUnit plugin and the Ant schema both accept, and stricter.
         Every testcase has exactly one outcome, every failure and error a namespaced type, every time three decimals. -->
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
      <xs:element name="testsuites">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="testsuite" type="suite" maxOccurs="unbounded"/>
          </xs:sequence>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="tests" type="xs:positiveInteger" use="required"/>
          <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
          <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
          <xs:attribute name="time" type="seconds" use="required"/>
        </xs:complexType>
      </xs:element>

      <xs:complexType name="suite">
        <xs:sequence>
          <xs:element name="properties" type="properties"/>
          <xs:element name="testcase" type="case" maxOccurs="unbounded"/>
          <xs:element name="system-out" type="xs:string"/>
          <xs:element name="system-err" type="xs:string"/>
        </xs:sequence>
        <xs:attribute name="name" use="required">
          <xs:simpleType>
            <xs:restriction base="xs:string">
              <xs:enumeration value="cupel.data"/>
              <xs:enumeration value="cupel.models"/>
              <xs:enumeration value="cupel.endpoints"/>
              <xs:enumeration value="cupel.run"/>
            </xs:restriction>
          </xs:simpleType>
        </xs:attribute>
        <xs:attribute name="package" type="xs:string" fixed="" use="required"/>
        <xs:attribute name="id" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="tests" type="xs:positiveInteger" use="required"/>
        <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="time" type="seconds" use="required"/>
        <xs:attribute name="timestamp" type="timestamp" use="required"/>
        <xs:attribute name="hostname" type="xs:string" use="required"/>
        <xs:attribute name="file" type="xs:string"/>
      </xs:complexType>

      <xs:complexType name="properties">
        <xs:sequence>
          <xs:element name="property" minOccurs="0" maxOccurs="unbounded">
            <xs:complexType>
              <xs:attribute name="name" type="xs:string" use="required"/>
              <xs:attribute name="value" type="xs:string" use="required"/>
            </xs:complexType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>

      <xs:complexType name="case">
        <xs:choice minOccurs="0">
          <xs:element name="skipped">
            <xs:complexType>
              <xs:attribute name="message" type="message" use="required"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="failure" type="problem"/>
          <xs:element name="error" type="problem"/>
        </xs:choice>
        <xs:attribute name="classname" type="identity" use="required"/>
        <xs:attribute name="name" type="identity" use="required"/>
        <xs:attribute name="time" type="seconds" use="required"/>
      </xs:complexType>

      <xs:complexType name="problem">
        <xs:simpleContent>
          <xs:extension base="xs:string">
            <xs:attribute name="type" use="required">
              <xs:simpleType>
                <xs:restriction base="xs:string">
                  <xs:pattern value="cupel\.[a-z0-9\-]+"/>
                </xs:restriction>
              </xs:simpleType>
            </xs:attribute>
            <xs:attribute name="message" type="message" use="required"/>
          </xs:extension>
        </xs:simpleContent>
      </xs:complexType>

      <xs:simpleType name="identity">
        <xs:restriction base="xs:string">
          <xs:minLength value="1"/>
          <xs:maxLength value="200"/>
        </xs:restriction>
      </xs:simpleType>

      <xs:simpleType name="message">
        <xs:restriction base="xs:string">
          <xs:maxLength value="512"/>
        </xs:restriction>
      </xs:simpleType>

      <xs:simpleType name="seconds">
        <xs:restriction base="xs:string">
          <xs:pattern value="[0-9]+\.[0-9][0-9][0-9]"/>
        </xs:restriction>
      </xs:simpleType>

      <xs:simpleType name="timestamp">
        <xs:restriction base="xs:dateTime">
          <xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/>
        </xs:restriction>
      </xs:simpleType>
    </xs:schema>

    """#
}
