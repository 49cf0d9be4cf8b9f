import Testing

@testable import PomonaAPI

@Suite("Lenient JSON")
struct LenientJSONTests {
    private func read(_ text: String) throws -> JSONValue { try LenientJSON.value(Array(text.utf8)) }

    @Test("reads what JSON has")
    func standard() throws {
        let value = try read(#" {"a" : [1, -2.5e+3, true, false, null, "x\n\u00e9\ud83c\udf4e\/"], "b": {}} "#)
        let elements: [JSONValue] = [
            .number("1"), .number("-2.5e+3"), .bool(true), .bool(false), .null, .string("x\né🍎/"),
        ]
        let members: [JSONValue.Member] = [
            .init(key: "a", value: .array(elements)), .init(key: "b", value: .object([])),
        ]
        #expect(value == .object(members))
    }

    @Test("reads single quotation marks and commas before a closing bracket, as old documentation writes them")
    func lenient() throws {
        #expect(try read("{'a':['it\\'s',],}") == .object([.init(key: "a", value: .array([.string("it's")]))]))
        #expect(try read("\u{FEFF}['\"']") == .array([.string("\"")]))
    }

    @Test(
        "refuses the rest, and says where",
        arguments: [
            ("", 0), ("{", 1), ("[1 2]", 3), ("{a:1}", 1), ("[01]", 2), ("[1.]", 3), ("[-]", 2), ("\"a", 2),
            ("\"\\x\"", 3), ("\"\\ud800\"", 7), ("[1]]", 3), ("[,]", 1), ("\"\n\"", 1), ("nul", 0), ("{\"a\" 1}", 5),
        ])
    func refusals(text: String, offset: Int) {
        let failure = #expect(throws: LenientJSON.Failure.self) { try read(text) }
        #expect(failure?.offset == offset)
    }

    @Test("does not follow a hundred thousand brackets into each other")
    func depth() {
        #expect(throws: LenientJSON.Failure.self) { try read(String(repeating: "[", count: 100_000)) }
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try read(deepest) }
    }

    @Test("finds keys in any letter case, the last of several, and takes null for absent")
    func keys() throws {
        let object = try JSONObject(body: Array(#"{"ModelKind":"a","MODELKIND":"b","x":null}"#.utf8))
        #expect(try object.string("modelKind") == "b")
        #expect(object.value("X") == nil)
    }

    @Test("names the field that is wrong by its path")
    func paths() throws {
        let object = try JSONObject(body: Array(#"{"a":{"b":[{"c":1}]}}"#.utf8))
        let inner = try #require(try object.object("a")?.objects("b")?.first)
        let error = #expect(throws: VisionError.self) { try inner.string("c") }
        #expect(error?.target == "a.b[0].c")
        #expect(error?.message.contains("the number 1") == true)
    }
}
