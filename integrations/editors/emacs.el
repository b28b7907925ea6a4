;; What a user does in Emacs with eglot, without a screen: the snippet of
;; docs/editors.md, a file of the tour, its finding, its fix.
(require 'package)
(package-initialize)
(require 'eglot)
(require 'go-mode)
(require 'flymake)

(add-to-list 'eglot-server-programs `(go-mode . (,(getenv "GOCONCLINT") "lsp")))
(setq eglot-confirm-server-initiated-edits nil
      enable-local-variables nil)

(defun await (what holds)
  (let ((end (+ (float-time) 60)))
    (while (not (funcall holds))
      (when (> (float-time) end)
        (message "waited in vain for %s" what)
        (kill-emacs 1))
      (accept-process-output nil 0.05))))

(let ((project-find-functions
       (list (lambda (_dir) (cons 'transient (file-name-as-directory (getenv "TOUR")))))))
  (find-file (expand-file-name "notify/notify.go" (getenv "TOUR")))
  (go-mode)
  (apply #'eglot (eglot--guess-contact))
  (await "a server" #'eglot-current-server)
  (await "the finding" (lambda () (flymake-start) (= 1 (length (flymake-diagnostics)))))
  (let ((text (flymake-diagnostic-text (car (flymake-diagnostics)))))
    (unless (string-match-p "address is shared by all iterations" text)
      (message "it says %s" text)
      (kill-emacs 1)))
  (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
  (eglot--apply-workspace-edit
   (plist-get (aref (jsonrpc-request
                     (eglot--current-server-or-lose) :textDocument/codeAction
                     (list :textDocument (eglot--TextDocumentIdentifier)
                           :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                           :context '(:diagnostics [])))
                    0)
              :edit))
  (unless (save-excursion (goto-char (point-min)) (search-forward "address := address" nil t))
    (message "the fix isn't in the text")
    (kill-emacs 1))
  (eglot--signal-textDocument/didChange)
  (await "the finding to go" (lambda () (flymake-start) (null (flymake-diagnostics))))
  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot-current-server))
  (message "done"))
