import Foundation

/// One photo of a COCO file.
public struct COCOImage: Equatable, Sendable {
    public var id: Int

    /// In pixels. Some exporters write fractional types (`224.0`), so these are not integers.
    public var width: Double
    public var height: Double

    /// `file_name`: a name, or a path within the folder of photos.
    public var fileName: String?

    /// `coco_url`: an http(s) address, or a place in an Azure ML datastore.
    public var cocoURL: String?

    /// `absolute_url`: what Azure ML adds where `coco_url` cannot be fetched.
    public var absoluteURL: String?

    /// Fields that the file does not have in a readable form.
    var unread: UnreadFields = []

    public init(
        id: Int, width: Double, height: Double, fileName: String?, cocoURL: String? = nil, absoluteURL: String? = nil
    ) {
        self.id = id
        self.width = width
        self.height = height
        self.fileName = fileName
        self.cocoURL = cocoURL
        self.absoluteURL = absoluteURL
    }

    /// The name a person knows the photo by: `file_name`, or else the last part of its address.
    public var name: String {
        if let fileName, !fileName.isEmpty { return fileName }
        for address in [absoluteURL, cocoURL] {
            if let name = address.flatMap(PhotoLocation.init(address:))?.lastComponent { return name }
        }
        return "image \(id)"
    }
}
