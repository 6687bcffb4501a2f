/** What every list says was done, or is to be, in many languages by the English words; "*" stands for any ending. */
export const DEEDS = `
created: creado, creada, creados, creadas, crea, criado, criada, criados, criadas, criar, creato, creata, creare, oluşturul*, oluştur*, создан*, создать, создайте, 创建, 已创建, 新建, aangemaakt*, utworzon*, utwórz
added: añad*, agreg*, adicion*, ajout*, hinzufüg*, hinzugefügt*, eingetragen*, eintragen, ergänz*, aggiung*, aggiunt*, eklend*, eklen*, ekle, добавлен*, добавить, добавьте, 已添加, 追加, 追加済み, toegevoegd*, dodan*
configured: ayarlan*, ayarlandı, ayarla, yapılandırıl*, yapılandırma*, kurulumu yapıl*, girildi, tanımlan*, настройк*, настроить, настройте, настроен*, задать, задан*, указать, 配置, 设置, 配好, 設定, ingesteld*, geconfigureerd*, skonfigurowan*, ustawion*, assigné*, atribuíd*, asignad*, festgeleg*, einstell*, setzen, definier*, definis*
installed: instalad*, installat*, installé*, eingebaut*, einbauen, kurul*, yüklend*, установить, установлен*, установите, 安装, 已安装, 部署好, インストール, インストール済み, インストールされている, geïnstalleerd*, zainstalowan*
done: hecho, hecha, hechos, realizad*, efectuad*, completad*, finalizad*, terminad*, concluíd*, feito, feita, feitos, efetuad*, effectué*, réalisé*, terminé*, achevé*, fatto, fatta, eseguit*, completat*, erledigt*, abgeschlossen*, fertig*, yapıl*, yapıldı, tamamlan*, edildi, edilir, edilmiş, edilmeli, getiril*, hale, sağlan*, alınmış, gerçekleşt*, выполнен*, сделан*, завершен*, завершён*, проведен*, проведён*, 已完成, 完成, 完了, 完了している, 済, 実施済み, していること, されていること, されている, している, なっていること, gedaan, voltooid*, zrobion*, wykonan*
ready: listo, lista, listos, listas, preparad*, pronto, pronta, prontos, prontas, prêt, prête, prêts, prêtes, bereit, vorbereitet*, hazırlan*, hazır, готов, готова, готово, готовы, подготовлен*, подготовить, 就绪, 已就绪, 准备就绪, 准备好, 已准备, 準備完了, 準備ができている, klaar, gotow*
verified: comprob*, verificad*, chequead*, conferid*, conferir, validad*, contrôl*, verificat*, controllat*, nachgeprüft*, kontrolliert*, bestätig*, doğrulan*, doğrulama*, kontrol edil*, kontrolü, kontroller*, denetlen*, проверить, проверьте, проверка, проверки, проверен*, подтвержд*, убедит*, 检查, 确认, 核对, 已确认, 已检查, 校验, gecontroleerd*, sprawdzon*, sprawdź
updated: actualizad*, atualizad*, actualisé*, aggiornat*, aktualisiert*, güncellen*, güncelle*, güncel, обновлен*, обновлён*, обновить, обновите, 更新, 已更新, 最新化, bijgewerkt*, zaktualizowan*
ran: exécuté*, exécuter, executado*, executada*, executar, ejecut*, corrid*, rodad*, rodar, lancer, ausgeführt*, ausführen, eseguir*, çalıştır*, запустить, запуст*, 执行, 已执行, 実行, uitgevoerd*
working: funcionando, funcionan, funciona, funcionam, opera, operacional, opérationnel*, funzionant*, funktioniert*, çalışır durumda, çalışmakta, sorunsuz, работоспособ*, функционир*, 可用, 正常运行, 動作確認, 動作確認済み, werkt
running: en funcionamiento, en servicio, no ar, em funcionamento, en marche, in betrieb, gestartet*, avviat*, başlatıl*, ayakta, запущен*, поднят, подняты, поднята, 运行中, 已启动, 稼働中, 起動済み, 起動している
returns: devuelve*, retorna*, retornan*, devolve*, liefert, restituisce*, dönüyor, döndür*, возвращает*, 返回
responds: responde, responden, respondem, antwort*, yanıt ver*, cevap ver*, yanıtlıyor, отвечают
generated: généré*, générer, generato, generata, generad*, gerad*, généré*, generiert*, üretil*, üretildi, сгенерирован*, сгенерировать, генераци*, 已生成, 生成, gegenereerd*, wygenerowan*
export: exportier*, exportar*, exportad*, exporter, exporté*, exportable*, esporta*, exporteer*, geëxporteerd*, eksport*, dışa aktar*, экспорт*, 导出, 匯出, エクスポート, 내보내기
activated: activad*, ativad*, habilitad*, activé*, attivat*, abilitat*, aktiviert*, einschalt*, etkinleştir*, aktifleştir*, включен*, включён*, включить, включите, 启用, 已启用, 开启, 已开启, 打开了, 有効化, 有効になっている, 有効である, ingeschakeld*, włączon*
disabled: desactivad*, deshabilitad*, desligad*, désactivé*, deaktivier*, abschalt*, ausschalt*, kapatıl*, devre dışı, отключен*, отключён*, отключить, выключен*, 禁用, 已禁用, 关闭, 已关闭, 無効化されている, 無効になっている, uitgeschakeld*, wyłączon*
changed: cambiad*, cambiar, modificad*, alterad*, trocad*, changé*, modifié*, geänder*, ändern, cambiat*, değiştir*, изменен*, изменён*, изменить, измените, сменить, поменять, поменян*, 修改, 更改, 已修改, 変更されている, 変更済み, gewijzigd*, zmienion*
replaced: sustituid*, reemplaz*, substituíd*, remplac*, ersetz*, sostituit*, заменить, замените, заменен*, заменён*, 替换, 替換, 置き換え, 差し替え
removed: eliminad*, borrad*, quitad*, removid*, apagad*, excluíd*, supprimé*, retiré*, lösch*, entfern*, rimoss*, silin*, kaldır*, удалить, удалите, удален*, удалён*, убрать, 删除, 已删除, 移除, 清理, 削除されている, 削除済み, verwijderd*, usunięt*
protected: protegid*, protégé*, geschütz*, absichern, abgesichert*, protett*, korunuyor, korumalı, korunan, защищен*, защищён*, защитить, 受保护, 保護されている, beveiligd*, zabezpieczon*
secure: segur*, sécurisé*, sicher, sichere, sicheren, sicuro, sicura, güvenli, güvenliği, безопасн*, 安全的, 安全な, veilig*
restricted: restringid*, restrit*, limitad*, restreint*, limité*, beschränk*, eingeschränk*, kısıtl*, sınırlan*, ограничить, ограничен*, 限制, 受限, 制限, 制限されている, beperkt*, ograniczon*
blocked: bloquead*, bloqué*, gesperrt*, blockiert*, bloccat*, engellen*, заблокирован*, блокиру*, 阻止, 拦截, 屏蔽, ブロック, ブロックされている, 遮断, geblokkeerd*, zablokowan*
hidden: ocult*, escondid*, masqué*, versteckt*, ausgeblendet*, nascost*, gizlen*, gizli, скрыт*, 隐藏, 非表示
recommended: recomendad*, recomendado, recommandé*, empfohlen*, consigliat*, raccomandat*, önerilen, önerilir, рекоменд*, 建议, 推荐, 推奨, aanbevolen, zalecan*
locally: localmente, localement, en local, em local, lokal, yerelde, lokalde, локально, 本地, ローカル, ローカルで
specific: específic*, spécifique*, spezifisch*, bestimmt*, belirli, конкретн*, определен*, определён*, 指定, 特定, 特定の
main: principal, principales, principais, principaux, principali, principale, wichtigst*, hauptsächlich*, ana, основн*, главны*, 主要, 主要な
initial: inicial, iniciales, iniciais, inizial*, ilk, первоначальн*, начальн*, первый, первая, 初始, 初期, 初回
without errors: sin errores, sem erros, sem falhas, sans erreur, sans erreurs, ohne fehler, fehlerfrei*, senza errori, hatasız, без ошибок, 无错误, 无报错, 没有错误, エラーなし, エラーがない, エラーなく
successful: exitos*, con éxito, bem-sucedid*, bem sucedid*, com sucesso, avec succès, con successo, başarılı, başarıyla, успешн*, 成功, 成功的, 成功する, geslaagd*
minimum: mínimo, mínima, au minimum, minimo, minima, en az, asgari, минимум, не менее, 最少, 最低
scheduled: agendad*, programad*, planificad*, planifié*, pianificat*, geplant*, planlan*, zamanlan*, запланирован*, 已安排, スケジュール
approved: aprobad*, aprovad*, approuvé*, genehmigt*, freigegeben*, approvat*, onaylan*, утвержден*, утверждён*, согласован*, одобрен*, 批准, 审批, 已批准, 承認, goedgekeurd*, zatwierdzon*
reviewed: revisión, revisões, revu, revue, relu, relue, durchgesehen*, begutacht*, gözden geçiril*, incelen*, ревью, 审查, 审核, 评审, 复查, レビュー
documented: documentad*, documenté*, documentat*, belgelen*, dokümante*, doküman*, задокументирован*, описан*, описать, 文档, 文档化, 已记录, 文書化, gedocumenteerd*, udokumentowan*
written: escrito, escrita, escritos, escritas, redactado, redactada, redactados, redactadas, redigid*, geschrieben*, scritto, scritta, scritti, scritte, yazıldı, yazılmış, написан*, 撰写完成, 已编写, 已撰写, napisan*, geschreven
chosen: elegido, elegida, escolhid*, choisi, choisie, ausgewählt*, scelto, scelta, seçildi, выбран*, 已选择, gekozen, wybran*
trained: capacit*, formad*, formé*, geschul*, schulung*, addestrat*, eğitim*, обучен*, обучить, 培训, 已培训, 研修, トレーニング, opgeleid*, przeszkolon*
`;
