import PomonaCore

/// One tag on a photo or, with a box, on a part of it.
public struct COCOAnnotation: Equatable, Sendable {
    public var id: Int
    public var imageID: Int
    public var categoryID: Int

    /// In the form of the document; `nil` where the tag speaks of the whole photo.
    public var box: COCOBox?

    /// Whether the box holds a group that cannot be told apart.
    public var isCrowd: Bool

    /// Fields that the file does not have in a readable form.
    var unread: UnreadFields = []

    public init(id: Int, imageID: Int, categoryID: Int, box: COCOBox? = nil, isCrowd: Bool = false) {
        self.id = id
        self.imageID = imageID
        self.categoryID = categoryID
        self.box = box
        self.isCrowd = isCrowd
    }
}

/// A box as COCO writes it: `[left, top, width, height]`, in pixels or in fractions of the photo.
public struct COCOBox: Hashable, Sendable {
    public var left: Double
    public var top: Double
    public var width: Double
    public var height: Double

    public init(left: Double, top: Double, width: Double, height: Double) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    /// The four values in COCO's order.
    public var values: [Double] { [left, top, width, height] }

    var right: Double { left + width }
    var bottom: Double { top + height }

    /// The box in pixels of a photo of the given width and height.
    func pixels(from form: BoxForm, width photoWidth: Double, height photoHeight: Double) -> Box {
        switch form {
        case .pixels: Box(xMin: left, yMin: top, xMax: right, yMax: bottom)
        case .fractions:
            Box(
                xMin: left * photoWidth, yMin: top * photoHeight,
                xMax: right * photoWidth, yMax: bottom * photoHeight)
        }
    }
}

/// What the numbers of a box count.
public enum BoxForm: String, Codable, Sendable, CaseIterable {
    /// Pixels of the photo, as COCO has it.
    case pixels
    /// Shares of the photo's width and height, 0...1, as Image Analysis 4.0 has it.
    case fractions
}

/// What a label file teaches.
public enum COCOKind: String, Codable, Sendable, CaseIterable {
    /// Where things are: every annotation has a box.
    case detection
    /// What a photo as a whole shows: one annotation for each photo, without a box.
    case classification
}

/// What a label file is for. Image Analysis 4.0 has other limits for each.
public enum COCORole: String, Codable, Sendable, CaseIterable {
    case train
    case evaluation
}
