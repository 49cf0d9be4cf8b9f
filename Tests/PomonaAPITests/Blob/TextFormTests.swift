import Foundation
import Testing

@testable import PomonaAPI

@Suite("Dates and XML of the Blob API")
struct TextFormTests {
    @Test(
        "HTTP's dates are read and written",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799),
        ])
    func dates(_ text: String, _ seconds: Double) {
        #expect(HTTPDate.date(text) == Date(timeIntervalSince1970: seconds))
        // Parts of a second have no place in it.
        #expect(HTTPDate.string(Date(timeIntervalSince1970: seconds + 0.9)) == text)
    }

    @Test(
        "What is no date is none",
        arguments: [
            "", "Sun, 06 Nov 1994 08:49:37", "Sun, 30 Feb 2024 08:49:37 GMT", "Sun, 06 Now 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "1994-11-06T08:49:37Z",
        ])
    func noDates(_ text: String) {
        #expect(HTTPDate.date(text) == nil)
    }

    private func events(_ text: String) throws -> [XMLReader.Event] {
        var reader = try XMLReader(Array(text.utf8))
        var events: [XMLReader.Event] = []
        while let event = try reader.next() { events.append(event) }
        return events
    }

    @Test("XML is read: references, CDATA, empty elements, prefixes, attributes")
    func reading() throws {
        let text = """
            <?xml version="1.0"?><!-- list --><a:List of=">"><Item>1 &lt; 2 &#x41;&#66;</Item><![CDATA[<&>]]><Empty/></a:List>
            """
        #expect(
            try events(text) == [
                .start("List"), .start("Item"), .text("1 < 2 AB"), .end("Item"), .text("<&>"), .start("Empty"),
                .end("Empty"), .end("List"),
            ])
    }

    @Test(
        "XML that is none, or could grow, is refused",
        arguments: [
            "", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a/>x", "<a>&b;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
            "<!DOCTYPE a><a/>", "<a><![CDATA[</a>", "<1/>", String(repeating: "<a>", count: 17),
        ])
    func refusals(_ text: String) {
        #expect(throws: XMLError.self) { try events(text) }
    }

    @Test("XML is written so that it is read as it was, and names that XML cannot hold are encoded")
    func writing() throws {
        let value = "a<b>&\"'\r\n\tü🍎"
        var xml = XMLWriter()
        xml.element("List", [("of", "\"<")]) { xml in
            xml.element("Name", value)
            xml.element("None", "")
            xml.element("Absent", ifPresent: nil)
            xml.nameElement("Odd", "a/\u{1}b")
        }
        #expect(xml.text.hasPrefix("<?xml version=\"1.0\" encoding=\"utf-8\"?><List of=\"&quot;&lt;\"><Name>"))
        #expect(xml.text.hasSuffix("<None /><Odd Encoded=\"true\">a/%01b</Odd></List>"))
        let texts = try events(xml.text).compactMap { event in if case .text(let text) = event { text } else { nil } }
        #expect(texts == [value, "a/%01b"])
    }
}
