import CSimdjson
import Testing

@Suite("CSimdjson")
struct CSimdjsonTests {
    private static let limits = CCOCOLimits(
        file_bytes: 1000, record_bytes: 1000, records: 10, depth: 10, examples: 2, window_bytes: 0)

    @Test("Labels come in flat arrays that one call frees")
    func reads() throws {
        let text = Array(#"{"images": [{"id": 4, "width": 2, "height": 3, "file_name": "é"}, 5]}"#.utf8)
        var limits = Self.limits
        var labels: UnsafeMutablePointer<CCOCOLabels>?
        var failure = CCOCOFailure()
        #expect(ccoco_read_bytes(text, text.count, &limits, &labels, &failure) == CCOCO_OK)
        defer { ccoco_free(labels) }
        let read = try #require(labels).pointee
        #expect(read.image_count == 2)
        #expect(read.images[0].id == 4)
        #expect(read.images[0].file_name.length == 2)
        #expect(read.images[1].unread == UInt8(CCOCO_UNREAD_ID | CCOCO_UNREAD_SIZE | CCOCO_UNREAD_NAME))
        #expect(read.images[1].file_name.length == UInt32.max)
        #expect(read.fault_count == 1)
        #expect(read.faults[0].kind == CCOCO_FAULT_NOT_AN_OBJECT)
        #expect(read.faults[0].column == 68)
        #expect(read.byte_count == UInt64(text.count))
        #expect(read.has_list.0 == 1 && read.has_list.1 == 0)
    }

    @Test("A failure leaves the labels alone and needs nobody to hear of it")
    func failures() {
        var limits = Self.limits
        var labels: UnsafeMutablePointer<CCOCOLabels>?
        var failure = CCOCOFailure()
        #expect(ccoco_read_bytes([91], 1, &limits, &labels, &failure) == CCOCO_NOT_AN_OBJECT)
        #expect(failure.status == CCOCO_NOT_AN_OBJECT)
        #expect(failure.found_type == CCOCO_TYPE_ARRAY)
        #expect(ccoco_read_bytes(nil, 0, &limits, &labels, nil) == CCOCO_EMPTY)
        #expect(ccoco_read_file("/nowhere/at/all.json", &limits, &labels, nil) == CCOCO_CANNOT_OPEN)
        #expect(labels == nil)
        ccoco_free(nil)
    }

    @Test("The version names the library and what it runs on")
    func version() {
        let version = String(cString: ccoco_simdjson_version())
        #expect(version.first?.isNumber == true)
        #expect(version.hasSuffix(")"))
    }
}
