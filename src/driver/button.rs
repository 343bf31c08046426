//! The megaphone of the page: it stands in the static page, shows the state from the first moment on, and keeps a press
//! until there is a dialog that it opens.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use connection::view::Summary;
use web_sys::{Element, Event};

use crate::browser::{document, listen};
use crate::face;

/// The button.
#[derive(Default)]
pub(super) struct Button {
    element: Option<Element>,
    pressed: Cell<bool>,
    open: RefCell<Option<Rc<dyn Fn()>>>,
}

impl Button {
    /// The one that the page has.
    pub(super) fn find() -> Rc<Self> {
        let button = Rc::new(Self { element: document().get_element_by_id("megaphone"), ..Self::default() });
        if let Some(element) = &button.element {
            let pressed = Rc::clone(&button);
            listen(element, "click", move |_: Event| pressed.press());
            let _ = element.remove_attribute("disabled");
        }
        button
    }

    pub(super) fn show(&self, summary: &Summary) {
        if let Some(element) = &self.element {
            face::show(element, summary);
        }
    }

    /// Has a press call `act` from now on, and at once if there was one before.
    pub(super) fn opens(&self, act: impl Fn() + 'static) {
        self.open.replace(Some(Rc::new(act)));
        if self.pressed.take() {
            self.press();
        }
    }

    fn press(&self) {
        let open = self.open.borrow().clone();
        match open {
            Some(open) => open(),
            None => self.pressed.set(true),
        }
    }
}
