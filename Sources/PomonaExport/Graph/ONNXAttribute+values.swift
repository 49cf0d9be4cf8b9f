import Foundation

extension ONNXAttribute {
    init(_ name: String, _ value: Int) {
        self.init()
        self.name = name
        type = .int
        i = Int64(value)
    }

    init(_ name: String, _ values: [Int]) {
        self.init()
        self.name = name
        type = .ints
        ints = values.map(Int64.init)
    }

    init(_ name: String, _ text: String) {
        self.init()
        self.name = name
        type = .string
        s = Data(text.utf8)
    }
}
