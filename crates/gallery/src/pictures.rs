//! Where the stored pictures are: the build puts them beside the gallery.

use portal::base_path::below_base;
use states::Picture;

/// The address of a state's picture.
pub(crate) fn picture_address(picture: Picture, id: &str) -> String {
    below_base(&format!("/preview/pictures/{}/{id}.png", picture.name()))
}
