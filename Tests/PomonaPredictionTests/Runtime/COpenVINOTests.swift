import COpenVINO
import Testing

@Suite("COpenVINO")
struct COpenVINOTests {
    @Test("A path that leads nowhere gives a status, a reason and no library")
    func missing() {
        var library: OpaquePointer?
        var message = [CChar](repeating: 1, count: 64)
        let status = copenvino_open("/nonexistent/libopenvino_c.so", &library, &message, 64)
        #expect(Int(status) == Int(COPENVINO_NOT_OPENED))
        #expect(library == nil)
        let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        #expect(String(decoding: text, as: UTF8.self).contains("/nonexistent/libopenvino_c.so"))
    }

    @Test("A message is cut where the buffer ends, and terminated")
    func cutMessage() {
        var library: OpaquePointer?
        var message = [CChar](repeating: 1, count: 8)
        _ = copenvino_open("/nonexistent/libopenvino_c.so", &library, &message, 8)
        #expect(message[7] == 0)
        #expect(message.prefix(7).allSatisfy { $0 != 0 })
    }

    @Test("Freeing nothing is allowed")
    func freeing() {
        copenvino_free_model(nil)
        copenvino_free_request(nil)
    }
}
